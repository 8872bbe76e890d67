import { reportKinds, type ReportKind } from '../../src/public/report/form.ts';
import { openPages } from '../../src/public/routes.ts';
import { Visitor, type TestPages } from '../harness/public-pages.ts';
import type { StandInChatDoor } from '../harness/stand-in-chat-door.ts';
import { typedIn } from './typed-answers.ts';

/** A page as it was answered, with the visit it belongs to. */
export interface PageSeen {
  readonly what: string;
  readonly path: string;
  readonly html: string;
  /** `name=value`; empty: of no visit. */
  readonly cookie: string;
}

/** Every page there is, one after the other, as somebody without script comes to them: the open ones, every question of every report, a chat. */
export async function* everyPage(pages: TestPages, room: StandInChatDoor): AsyncGenerator<PageSeen> {
  const nobody = new Visitor(pages.origin);
  for (const path of [...openPages(pages.pages.place), '/nowhere', '/for-the-police?q=zzz']) {
    await nobody.open(path);
    yield seen(nobody, path);
  }
  await nobody.post('/report/crime/begin', new URLSearchParams({ token: 'of another visit' }));
  yield seen(nobody, 'a form of another visit');
  for (const kind of reportKinds) yield* everyStep(pages, kind);
  yield* everyChatPage(pages, room);
}

const seen = ({ page: { path, text: html }, cookie }: Visitor, what: string): PageSeen => ({
  what,
  path,
  html,
  cookie,
});

async function* everyStep(pages: TestPages, kind: ReportKind): AsyncGenerator<PageSeen> {
  const visitor = new Visitor(pages.origin);
  await visitor.open(`/report/${kind}`);
  await visitor.send('/begin');
  for (let n = 0; visitor.page.path !== `/report/${kind}/check`; n += 1) {
    if (n > 60) throw new Error(`no way through the report ${kind}: ${visitor.page.path}`);
    const asked = visitor.page.path;
    const step = asked.split('/').at(-1) ?? '';
    yield seen(visitor, `${kind} ${step}`);
    if (step === 'danger') {
      // The quiet button is the way on.
      await visitor.open(/class="button quiet" href="([^"]*)"/.exec(visitor.page.text)?.[1] ?? '');
      continue;
    }
    if (step === 'photos') {
      // Nothing was chosen: the page says so.
      await visitor.send('/photos');
      yield seen(visitor, `${kind} photos left empty`);
      await visitor.open(`/report/${kind}/check`);
      continue;
    }
    await visitor.send(`/ask/${step}`);
    if (visitor.page.path !== asked) continue;
    yield seen(visitor, `${kind} ${step} left empty`);
    await visitor.send(`/ask/${step}`, lastOrTyped(visitor.page.text));
    if (visitor.page.path === asked) throw new Error(`${kind} ${step} was not answered`);
  }
  yield seen(visitor, `${kind} check`);
  await visitor.send('/send');
  yield seen(visitor, `${kind} sent`);
  await visitor.open(`/report/${kind}?over=1`);
  yield seen(visitor, `${kind} over`);
}

/** The last that can be chosen, and something that fits in every line. */
function lastOrTyped(html: string): Record<string, string> {
  const answers: Record<string, string> = {};
  const main = html.slice(html.indexOf('<main'));
  for (const [tag] of main.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
    const of = (name: string): string => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    const [name, type] = [of('name'), of('type')];
    if (type === 'hidden' || name === '') continue;
    answers[name] = type === 'radio' || type === 'checkbox' ? of('value') : typedIn({ name, type });
  }
  return answers;
}

async function* everyChatPage(pages: TestPages, room: StandInChatDoor): AsyncGenerator<PageSeen> {
  const { rooms } = pages.pages.place;
  const visitor = new Visitor(pages.origin);
  const look = async (what: string, path = '/chat/now'): Promise<PageSeen> => {
    await visitor.open(path);
    return seen(visitor, what);
  };
  yield await look('chat that is over', '/chat?over=1');
  await visitor.send('/chat/begin');
  yield seen(visitor, 'chat begun without an answer');
  await visitor.send('/chat/begin', { safe: 'no', language: 'en', name: '' });
  yield seen(visitor, 'chat that is not safe');
  await visitor.open('/chat');
  await visitor.send('/chat/begin', { safe: 'yes', language: 'en', name: 'Jo' });
  yield seen(visitor, 'chat with the assistant');
  await visitor.send('/chat/lines', { text: 'noise next door' });
  yield seen(visitor, 'chat with choices');
  await visitor.open('/chat/now');
  await visitor.send('/chat/lines', { text: '' });
  yield seen(visitor, 'chat with an empty line');
  await visitor.open('/chat/now');
  await visitor.send('/chat/lines', { text: 'a person please' });
  yield await look('chat that waits');
  const key = rooms.keys.at(-1) ?? '';
  room.set(key, { handler: 'here', position: null, typing: true });
  room.say(key, 'I am here.');
  do await visitor.open('/chat/now');
  while (!visitor.page.text.includes('I am here.'));
  yield seen(visitor, 'chat with a handler');
  yield await look('chat that may be ended', '/chat/now?end=1');
  await visitor.send('/chat/end');
  yield await look('chat that has ended');
}
