import { app, session, type WebContents } from 'electron';
import { pageUrl } from './app-scheme.ts';

/** Refuses, for every page that will ever exist in this program, whatever a page of ours never needs (rule W-13). */
export function guardEverything(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const deny = (event: { preventDefault(): void }, url: string): void => {
    if (url !== pageUrl) event.preventDefault();
  };
  contents.on('will-navigate', (event, url) => deny(event, url));
  contents.on('will-redirect', (event, url) => deny(event, url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Permissions: none. Requests: only the page's own files. To be called when the app is ready. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith('app://desk/') || details.url.startsWith('devtools://');
    answer({ cancel: !own });
  });
}
