import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { giveWay } from '../../../src/platform/give-way.ts';
import { Browser, tokenOn } from './browser.ts';

/** The public, as a process of its own, so that nothing else that is measured waits for it. The bench speaks to it in messages. */
export interface CrowdPlan {
  readonly origin: string;
  readonly chats: number;
  /** Between two lines of one chat. Milliseconds. */
  readonly lineEveryMs: number;
  readonly reportsPerSecond: number;
  /** A report as a browser holds it for somebody who goes on with it later; `STORY` stands for what makes it one of its own. */
  readonly saved: string;
}

export type CrowdOrder =
  | { readonly do: 'open'; readonly plan: CrowdPlan }
  | { readonly do: 'write'; readonly seconds: number }
  /** What has been told so far, once `ours` lines of the desk have come, or after this long. */
  | { readonly do: 'count'; readonly ours: number; readonly withinMs: number };

/** What the public was told that it has been taken, and what it was shown. */
export interface Crowd {
  /** Chats that were begun. */
  readonly chats: number;
  /** Lines that were acknowledged, by their words. */
  readonly lines: readonly string[];
  /** Milliseconds from a line due to its acknowledgement. */
  readonly acknowledged: readonly number[];
  /** Receipt codes. */
  readonly codes: readonly string[];
  /** Milliseconds from a report’s last press due to its receipt on the page. */
  readonly receipts: readonly number[];
  /** Receipts that said that the control room has it. */
  readonly received: number;
  /** Lines of the desk in each chat, in the order in which they came. */
  readonly ours: readonly (readonly string[])[];
  /** Requests that were answered with anything but what was asked for. */
  readonly refused: Readonly<Record<string, number>>;
  /** Streams that were cut. */
  readonly cuts: number;
}

export type CrowdTold =
  { readonly kind: 'opened' } | { readonly kind: 'written' } | ({ readonly kind: 'counted' } & Crowd);

interface Chat {
  readonly name: string;
  readonly browser: Browser;
  token: string;
  readonly ours: string[];
  lines: number;
  cuts: () => number;
}

const OPENING_AT_ONCE = 12;
/** How often a browser’s script tries a line again. */
const TRIES = 8;

const now = (): number => performance.now();
const tell = (told: CrowdTold): void => void process.send?.(told);

const chats: Chat[] = [];
const lines: string[] = [];
const acknowledged: number[] = [];
const codes: string[] = [];
const receipts: number[] = [];
const refused: Record<string, number> = {};
let received = 0;
let plan: CrowdPlan | null = null;

function note(what: string): void {
  refused[what] = (refused[what] ?? 0) + 1;
}

/** An address for each browser: limits are by address, and that is measured elsewhere. */
const addressOf = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

async function openChat({ origin }: CrowdPlan, n: number): Promise<void> {
  const browser = new Browser(origin, addressOf(n));
  const chat: Chat = { name: `c${n}`, browser, token: '', ours: [], lines: 0, cuts: () => 0 };
  const start = await browser.open('/chat');
  const page = await browser.send('/chat/begin', {
    token: tokenOn(start),
    safe: 'yes',
    language: '',
    name: '',
  });
  if (page.path !== '/chat/now') return note(`begin ${page.status}`);
  chat.token = /data-token="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const stream = browser.listen('/chat/events?after=0', ({ event, data }) => {
    if (event !== 'line') return;
    const { from, text } = JSON.parse(data) as { readonly from: string; readonly text: string };
    if (from === 'handler') chat.ours.push(text);
  });
  chat.cuts = stream.cuts;
  chats.push(chat);
  await write(chat, 'I want a person', now());
  await write(chat, nextLine(chat), now());
}

const nextLine = (chat: Chat): string => `${chat.name} line ${(chat.lines += 1)}: it is still going on here`;

/** As the page’s script sends it: the same line under the same name until it is taken. */
async function write({ browser, token }: Chat, text: string, due: number): Promise<void> {
  const id = randomUUID();
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const { status } = await browser.post('/chat/lines', { id, text, token }).catch(() => ({ status: 0 }));
    if (status === 200) {
      lines.push(text);
      acknowledged.push(now() - due);
      return;
    }
    note(`line ${status}`);
    await wait(Math.min(10_000, 500 * 2 ** tries));
  }
}

async function report({ origin, saved }: CrowdPlan, n: number, due: number): Promise<void> {
  const browser = new Browser(origin, addressOf(100_000 + n));
  const kind = '/report/collision';
  try {
    const start = await browser.open(kind);
    const check = await browser.send(`${kind}/restore`, {
      token: tokenOn(start),
      saved: saved.replace('STORY', `Report r${n}`),
    });
    const pressed = Math.max(due, now());
    const sent = await browser.send(`${kind}/send`, { token: tokenOn(check) });
    const code = /WR-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(sent.text)?.[0];
    if (sent.path !== `${kind}/sent` || code === undefined) return note(`report ${sent.status} ${sent.path}`);
    codes.push(code);
    receipts.push(now() - pressed);
    if (sent.text.includes('The control room received it')) received += 1;
  } catch {
    note('report without an answer');
  }
}

async function open(asked: CrowdPlan): Promise<void> {
  plan = asked;
  let next = 0;
  const some = async (): Promise<void> => {
    while (next < asked.chats) await openChat(asked, next++);
  };
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, some));
  tell({ kind: 'opened' });
}

/** Everything at its time; what is late is not left out, and counts from when it was due. */
async function writeFor(seconds: number): Promise<void> {
  if (plan === null) return;
  const { lineEveryMs, reportsPerSecond } = plan;
  const begun = now();
  const work: Promise<void>[] = [];
  const at = async (dueMs: number, act: (due: number) => Promise<void>): Promise<void> => {
    await wait(Math.max(0, begun + dueMs - now()));
    await act(begun + dueMs);
  };
  for (const [index, chat] of chats.entries()) {
    const first = (index / chats.length) * lineEveryMs;
    const writing = async (): Promise<void> => {
      for (let dueMs = first; dueMs < seconds * 1_000; dueMs += lineEveryMs)
        await at(dueMs, async (due) => {
          void chat.browser.post('/chat/typing', { token: chat.token }).catch(() => note('typing'));
          await write(chat, nextLine(chat), due);
        });
    };
    work.push(writing());
  }
  const asked = plan;
  for (let n = 0; n < seconds * reportsPerSecond; n += 1)
    work.push(at((n / reportsPerSecond) * 1_000, (due) => report(asked, n, due)));
  await Promise.all(work);
  tell({ kind: 'written' });
}

async function count(ours: number, withinMs: number): Promise<void> {
  const begun = now();
  const shown = (): number => chats.reduce((sum, chat) => sum + chat.ours.length, 0);
  while (shown() < ours && now() - begun < withinMs) await wait(50);
  tell({
    kind: 'counted',
    chats: chats.length,
    lines,
    acknowledged,
    codes,
    receipts,
    received,
    ours: chats.map((chat) => chat.ours),
    refused,
    cuts: chats.reduce((sum, chat) => sum + chat.cuts(), 0),
  });
}

// Browsers have processors of their own.
giveWay();
process.on('message', (order: CrowdOrder) => {
  if (order.do === 'open') void open(order.plan);
  else if (order.do === 'write') void writeFor(order.seconds);
  else void count(order.ours, order.withinMs);
});
// The bench is gone: so is the crowd.
process.on('disconnect', () => process.exit());
