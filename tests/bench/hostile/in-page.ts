import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { createQueueDoor } from '../../../src/public/queue/queue-door.ts';
import { storableText } from '../../../src/queue/storable-text.ts';
import type { E2eQueue } from '../../harness/e2e-queue.ts';
import { startTestPages } from '../../harness/public-pages.ts';
import { StandInChatDoor } from '../../harness/stand-in-chat-door.ts';
import { harmIn, isWide, textsIn, watchForHarm, type Looked } from './harm.ts';

/** Lines of one chat. */
const LINES = 250;
const PATIENCE_MS = 60_000;
/** A small telephone. */
const SCREEN = { width: 320, height: 640 };
const PLENTY = { atOnce: 100_000, perSecond: 1_000 };

const executablePath = [
  process.env['FCR_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Every text as a line of the handler in the page of a chat, in Chromium: the real pages, with the control room’s end of the chats by hand. */
export async function lookInPage(
  queue: E2eQueue,
  texts: readonly string[],
  say: (words: string) => void,
): Promise<Looked> {
  const { demo: key } = JSON.parse(readFileSync(queue.intakeKeyFile, 'utf8')) as { readonly demo: string };
  const door = createQueueDoor({ queue: `http://127.0.0.1:${queue.port}`, key });
  const room = new StandInChatDoor();
  await using pages = await startTestPages({
    queue: {
      hand: (parcel, stop) => door.hand(parcel, stop),
      status: (stop) => door.status(stop),
      chat: (chat, asked, stop) => room.chat(chat, asked, stop),
    },
    limits: { pages: PLENTY, sending: PLENTY },
  });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args,
  });
  const found = { texts: texts.length, looked: 0, wrong: 0, scripts: 0, reports: 0, wide: 0 };
  try {
    for (let from = 0; from < texts.length; from += LINES) {
      // What the queue could not keep never comes to a page.
      const lines = texts.slice(from, from + LINES).map(storableText);
      const context = await browser.newContext({ viewport: SCREEN, locale: 'en-GB' });
      const page = await context.newPage();
      page.on('dialog', (dialog) => {
        found.scripts += 1;
        void dialog.dismiss();
      });
      page.on('pageerror', () => (found.reports += 1));
      await page.goto(`${pages.origin}/chat`);
      await page.getByLabel('I am not sure', { exact: true }).check();
      await page.getByRole('button', { name: 'Start the chat' }).click();
      await page.getByRole('button', { name: 'Start the chat. A person answers' }).click();
      await page.waitForURL('**/chat/now');
      await watchForHarm(page);
      const chat = pages.pages.place.rooms.keys.at(-1) ?? '';
      room.set(chat, { handler: 'here', position: null });
      for (const text of lines) room.say(chat, text);
      await page
        .locator('li.handler')
        .nth(lines.length - 1)
        .waitFor({ state: 'attached', timeout: PATIENCE_MS });
      const shown = await textsIn(page, 'li.handler .words');
      found.looked += Math.min(shown.length, lines.length);
      for (const [at, text] of lines.entries())
        if (shown[at] !== text) {
          found.wrong += 1;
          if (found.wrong < 4) say(`in the page ${JSON.stringify(text)} is ${JSON.stringify(shown[at])}`);
        }
      const harm = await harmIn(page, '#lines');
      found.scripts += harm.scripts;
      found.reports += harm.reports;
      if (await isWide(page)) found.wide += 1;
      await context.close();
    }
  } finally {
    await browser.close();
  }
  say(`${found.looked} lines in the public’s page looked at, ${found.wrong} of them wrong`);
  return found;
}
