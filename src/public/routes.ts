import type { Ask, Place } from './context.ts';
import type { Reply } from './http/exchange.ts';
import { chatBegin, chatNow, chatStart } from './pages/chat-routes.ts';
import { emergencyPage, homePage, leavingPage, privacyPage, routesPage } from './pages/info-pages.ts';
import { leave } from './pages/leave-routes.ts';
import { asKind, beforePage, reportPath, reportsPage } from './pages/report-pages.ts';
import { begin, restore, underWay } from './pages/report-routes.ts';
import { cardNoPage, cardPage, cardPath, cardYesPage, forThePolicePage } from './pages/signpost-pages.ts';
import { reportKinds } from './report/form.ts';

/** What a form may be sent to: everything else is only looked at. */
const posts =
  /^\/(?:report\/[a-z-]+\/(?:begin|restore|keep|send|photos(?:\/remove)?|ask\/[a-z][a-z0-9-]*)|chat\/(?:begin|lines|typing|seen|here|end)|leave)$/;

/** Whether this method may be used on this path. */
export const isAllowed = (method: string, path: string): boolean =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && posts.test(path));

/** A form that brings files. */
export const isUpload = (method: string, path: string): boolean =>
  method === 'POST' && /^\/report\/[a-z-]+\/photos$/.test(path);

/** What a browser sends while it leaves cannot carry a form’s token; the exact-Origin rule holds for it as for all. */
export const needsToken = (path: string): boolean => path !== '/leave';

/** The pages that are always there. A new one stands here, where the test that looks at every page finds it. */
const fixedPages = new Map<string, (place: Place, ask: Ask) => Reply | Promise<Reply>>([
  ['/', homePage],
  ['/emergency', emergencyPage],
  ['/routes', routesPage],
  ['/leaving', leavingPage],
  ['/privacy', privacyPage],
  ['/for-the-police', forThePolicePage],
  ['/report', reportsPage],
  ['/chat', chatStart],
]);

/** Every page that can be opened without having begun anything. */
export const openPages = ({ knowledge }: Pick<Place, 'knowledge'>): readonly string[] => [
  ...fixedPages.keys(),
  ...knowledge.signposts.flatMap((card) => ['', '/yes', '/no'].map((rest) => `${cardPath(card)}${rest}`)),
  ...reportKinds.map((kind) => reportPath(kind)),
];

/** The page or act of a path; `null` when there is none. */
export async function route(place: Place, ask: Ask): Promise<Reply | null> {
  const { path } = ask;
  const fixed = fixedPages.get(path);
  if (fixed !== undefined) return fixed(place, ask);
  const isPost = ask.request.method === 'POST';
  if (path === '/chat/begin') return isPost ? chatBegin(place, ask) : { kind: 'go', to: '/chat' };
  if (path === '/leave') return leave(place, ask);
  const [, first = '', second = '', ...rest] = path.split('/');
  if (first === 'chat') return chatNow(place, ask, second);
  if (first === 'for-the-police') return cardOf(place, second, rest);
  const kind = first === 'report' ? asKind(second) : null;
  if (kind === null) return null;
  const step = rest.join('/');
  if (step === '') return beforePage(place, ask, kind);
  if (step === 'begin') return isPost ? begin(place, ask, kind) : { kind: 'go', to: `/report/${kind}` };
  if (step === 'restore') return isPost ? restore(place, ask, kind) : { kind: 'go', to: `/report/${kind}` };
  return underWay(place, ask, kind, step);
}

function cardOf(place: Place, id: string, [answer, ...more]: readonly string[]): Reply | null {
  if (more.length > 0) return null;
  if (answer === undefined) return cardPage(place, id);
  return answer === 'yes' ? cardYesPage(place, id) : answer === 'no' ? cardNoPage(place, id) : null;
}
