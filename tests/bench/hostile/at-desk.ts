import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isCleanText } from '../../../src/queue/storable-text.ts';
import { shownText } from '../../../src/renderer/app/shown-text.ts';
import { aBody, post } from '../../harness/arrivals.ts';
import { DeskWindow } from '../../harness/desk-window.ts';
import type { E2eQueue } from '../../harness/e2e-queue.ts';
import { beginChat } from '../../harness/public-page.ts';
import { Hands } from './hands.ts';
import { harmIn, isWide, textsIn, watchForHarm, type Looked } from './harm.ts';
import { ROW_LIMIT } from './texts.ts';

/** Requests at the intake at once. */
const AT_ONCE = 16;
/** Lines of one chat, and what they may weigh together: the contact goes to a desk in one frame. */
const LINES = 250;
const BYTES = 200_000;
const PATIENCE_MS = 120_000;
/** What the screen needs to follow a key. Milliseconds. */
const LOOK_MS = 60;
/** Each row of a list is as tall as the others. Pixels. */
const SAME_PX = 0.5;

interface DeskLooked extends Looked {
  /** Rows that are taller or lower than the first one. */
  readonly heights: number;
  readonly rows: number;
  /** Texts that no source may send as they are; and of those, how many the intake took. */
  readonly unclean: number;
  readonly uncleanTaken: number;
}

/** What a source makes of a text that the intake would refuse: what was there is seen, and not what. */
const asSent = (text: string): string =>
  isCleanText(text) ? text : text.replace(/(?![\n\r\t])\p{Cc}|\p{Surrogate}/gu, '\u{FFFD}');

/** Every text in the real window, from the real queue: as title and place of a row, or as a line of a chat. */
export async function lookAtDesk(
  queue: E2eQueue,
  texts: readonly string[],
  say: (words: string) => void,
): Promise<DeskLooked> {
  const uncleanTaken = await offerUnclean(queue, texts);
  const sent = texts.map(asSent);
  const forRows = sent.filter((text, n) => n % 2 === 0 && text.length <= ROW_LIMIT && text.trim() !== '');
  const taken = new Set(forRows);
  const forLines = sent.filter((text) => !taken.has(text) && text.trim() !== '');
  const window = await DeskWindow.open({ queue: queue.deskUrl });
  const { page } = window;
  try {
    const desk = new Hands(page);
    await desk.signIn();
    await watchForHarm(page);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const lines = await lookAtLines(queue, desk, forLines, say);
    say(`${lines.looked} lines of chats looked at, ${lines.wrong} of them wrong`);
    const rows = await lookAtRows(queue, desk, forRows);
    say(`${rows.looked} titles and places looked at, ${rows.wrong} of them wrong`);
    const harm = await harmIn(page, '#root');
    return {
      texts: forRows.length + forLines.length,
      looked: lines.looked + rows.looked,
      wrong: lines.wrong + rows.wrong,
      scripts: harm.scripts + dialogs.length,
      reports: harm.reports,
      wide: lines.wide + rows.wide,
      heights: rows.heights,
      rows: rows.rows,
      unclean: texts.filter((text) => !isCleanText(text)).length,
      uncleanTaken,
    };
  } finally {
    await window.close();
    rmSync(window.start.data, { recursive: true, force: true });
  }
}

async function inParallel<T>(all: readonly T[], work: (each: T, n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const some = async (): Promise<void> => {
    while (next < all.length) {
      const n = next++;
      await work(all[n] as T, n);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

/** The intake refuses what holds a control character or half a character. */
async function offerUnclean(queue: E2eQueue, texts: readonly string[]): Promise<number> {
  let count = 0;
  const unclean = texts.filter((text) => !isCleanText(text));
  await inParallel(unclean, async (text) => {
    const { status } = await post(queue.door, aBody({ account: text }));
    if (status < 400) count += 1;
  });
  return count;
}

interface Seen {
  readonly looked: number;
  readonly wrong: number;
  readonly wide: number;
}

async function lookAtLines(
  queue: E2eQueue,
  desk: Hands,
  texts: readonly string[],
  say: (words: string) => void,
): Promise<Seen> {
  const { page } = desk;
  const batches = batchesOf(texts);
  const seen = { looked: 0, wrong: 0, wide: 0 };
  for (let from = 0; from < batches.length; from += AT_ONCE) {
    const some = batches.slice(from, from + AT_ONCE);
    const chats = await Promise.all(
      some.map(async (lines) => {
        const chat = await beginChat(() => queue.door, { title: `Chat ${from}` });
        for (const text of lines) {
          const { status, body } = await chat.says(text);
          if (status >= 300) throw new Error(`a line was refused: ${JSON.stringify(body)}`);
        }
        return { ...chat, sent: lines };
      }),
    );
    for (const { id, ref, sent: lines } of chats) {
      await desk.open(id, ref);
      const own = 'section[aria-label="Notes"] li[data-from="public"]';
      await page
        .locator(own)
        .nth(lines.length - 1)
        .waitFor({ state: 'attached', timeout: PATIENCE_MS });
      const shown = await textsIn(page, `${own} > p:nth-of-type(2)`);
      seen.looked += Math.min(shown.length, lines.length);
      for (const [at, text] of lines.entries())
        if (shown[at] !== shownText(text)) {
          seen.wrong += 1;
          if (seen.wrong < 4) say(`at the desk ${JSON.stringify(text)} is ${JSON.stringify(shown[at])}`);
        }
      if (await isWide(page)) seen.wide += 1;
      await page.keyboard.press('Control+w');
    }
  }
  return seen;
}

function batchesOf(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [[]];
  let bytes = 0;
  for (const text of texts) {
    const weight = Buffer.byteLength(JSON.stringify(text));
    if ((batches.at(-1)?.length ?? 0) >= LINES || bytes + weight > BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(text);
    bytes += weight;
  }
  return batches;
}

async function lookAtRows(
  queue: E2eQueue,
  desk: Hands,
  texts: readonly string[],
): Promise<Seen & { readonly heights: number; readonly rows: number }> {
  const { page } = desk;
  // Each text is the title of one contact, and the place of the one before it.
  const at = new Map<string, { readonly what: string; readonly where: string }>();
  const half = Math.ceil(texts.length / 2);
  await inParallel(texts.slice(0, half), async (what, n) => {
    const where = texts[half + n] ?? what;
    const { id } = await queue.arrive({ title: what, place: where });
    at.set(id, { what, where });
  });
  const begun = performance.now();
  while ((await desk.rowCount()) < at.size && performance.now() - begun < PATIENCE_MS) await wait(200);
  await desk.toList();
  await page.keyboard.press('Home');
  const seen = new Set<string>();
  let [wrong, heights, wide, height] = [0, 0, 0, 0];
  const pages = Math.ceil((await desk.rowCount()) / 8);
  for (let turn = 0; turn < 2 * pages && seen.size < at.size; turn += 1) {
    await wait(LOOK_MS);
    const rows = await desk.rows();
    for (const { id, what, where, tall } of rows) {
      const sent = at.get(id);
      if (sent === undefined || seen.has(id)) continue;
      seen.add(id);
      if (height === 0) height = tall;
      if (Math.abs(tall - height) > SAME_PX) heights += 1;
      if (what !== sent.what) wrong += 1;
      if (where !== sent.where) wrong += 1;
    }
    if (await isWide(page)) wide += 1;
    await page.keyboard.press(turn === pages ? 'Home' : 'PageDown');
  }
  return { looked: seen.size * 2 - (texts.length % 2), wrong, wide, heights, rows: seen.size };
}
