import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** The page's own address: nothing else is ever loaded. */
export const pageOrigin = 'app://desk';
export const pageUrl = `${pageOrigin}/index.html`;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** To be called before the app is ready. Not `corsEnabled`: that would open the scheme to other origins. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      // `codeCache`: what the engine has compiled is kept beside the profile, as it is for the web. Older engines pass over it.
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the built window from an exact table of paths, made once. No path of a request is ever joined to a folder, so
 * there is nothing to climb out of. `asServed`: what becomes of the page itself on its way.
 */
export function serveAppScheme(folder: string, asServed: (html: string) => string = (html) => html): void {
  const table = new Map(filesUnder(folder).map((path) => [`/${path}`, join(folder, path)]));
  protocol.handle('app', (request) => {
    const { host, pathname, search } = new URL(request.url);
    const file = host === 'desk' && search === '' ? table.get(pathname) : undefined;
    const type = types[extname(pathname)];
    if (file === undefined || type === undefined || request.method !== 'GET')
      return new Response(null, { status: 404 });
    const bytes = readFileSync(file);
    const body = pathname === '/index.html' ? asServed(bytes.toString('utf8')) : new Uint8Array(bytes);
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
  });
}

function filesUnder(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(folder, path);
    // Source maps are for us, not for the page.
    return entry.name.endsWith('.map') ? [] : [path];
  });
}
