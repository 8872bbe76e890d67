import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, WebContents } from 'electron';
import { z } from 'zod';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { RequestHandlers } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import type { Clock } from '../../shared/domain/time.ts';

export interface PrintingOptions {
  /** The profile's folder: print-outs that found no printer lie in `paper` inside it. */
  readonly folder: string;
  readonly window: () => BrowserWindow | null;
  /** Whether a printer may be asked; in training none is, because it may stand on a network (rule TS-06). */
  readonly printers: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

type Answer = Awaited<ReturnType<RequestHandlers['paper.print']>>;

/** From this Chromium on, the page's own style numbers the sheets; before it, the printing does. */
const NUMBERS_BY_STYLE = 131;

/** Puts what the window's print view shows on paper, or into a file where there is no printer (rules P-06, P-07). */
export class Printing {
  readonly #options: PrintingOptions;
  /** Why nothing is printed now; `null`: the handler is there. */
  #shut: string | null = signedOutWords;
  /** How often the desk has been shut. */
  #shuts = 0;

  constructor(options: PrintingOptions) {
    this.#options = options;
  }

  /** The request of the window's contract that this answers. */
  readonly handlers: Pick<RequestHandlers, 'paper.print'> = {
    'paper.print': async () => this.#print(),
  };

  /**
   * What the window is told. A desk that is locked prints nothing (rule W-16); nobody signed in means as well that
   * nobody's print-out is kept any more (rule P-07).
   */
  told(name: PushName, payload: unknown): void {
    if (name !== 'desk.changed') return;
    this.#shut = whyShut(payload);
    if (this.#shut !== null) this.#shuts += 1;
    if (this.#shut === signedOutWords) this.empty();
  }

  /** Removes every print-out that was kept as a file. */
  empty(): void {
    const { log } = this.#options;
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch (error) {
      log.error('print-outs could not be removed', { code: errorCode(error) });
    }
  }

  get #folder(): string {
    return join(this.#options.folder, 'paper');
  }

  async #print(): Promise<Answer> {
    const { window, log, printers } = this.#options;
    if (this.#shut !== null) return { kind: 'failed', why: this.#shut };
    const shuts = this.#shuts;
    const whyLeft = (): string | null =>
      this.#shuts === shuts ? null : (this.#shut ?? 'the desk was left meanwhile');
    const contents = window()?.webContents;
    if (contents === undefined || contents.isDestroyed())
      return { kind: 'failed', why: 'the window is gone' };
    if (!printers) return this.#save(contents, whyLeft);
    const printed = await printOn(contents, whyLeft);
    if (printed.kind === 'printed') return printed;
    log.info('no print-out on paper', { why: printed.why });
    return this.#save(contents, whyLeft);
  }

  async #save(contents: WebContents, whyLeft: () => string | null): Promise<Answer> {
    const { log } = this.#options;
    try {
      const pdf = await contents.printToPDF({ preferCSSPageSize: true, ...pageNumbers() });
      // Making it takes a while. Of somebody who has left since, no file may come to lie there (rule P-07).
      const left = whyLeft();
      if (left !== null) return { kind: 'failed', why: left };
      const folder = this.#folder;
      // For this user's eyes only, from the first byte on.
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, this.#nameIn(folder));
      writeFileSync(path, pdf, { mode: 0o600, flag: 'wx' });
      log.info('print-out kept as a file', { bytes: pdf.length });
      return { kind: 'saved', path };
    } catch (error) {
      const code = errorCode(error);
      log.error('print-out not kept', { code });
      return { kind: 'failed', why: `the file could not be written (${code})` };
    }
  }

  /** Named by the time in the room; a second one within a second gets a number. */
  #nameIn(folder: string): string {
    const parts = new Map(
      stamp.formatToParts(this.#options.clock.now()).map(({ type, value }) => [type, value]),
    );
    const [year, month, day, hour, minute, second] = (
      ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
    ).map((type) => parts.get(type) ?? '');
    const name = `paper ${year}-${month}-${day} ${hour}.${minute}.${second}`;
    const taken = new Set(readdirSync(folder));
    let file = `${name}.pdf`;
    for (let next = 2; taken.has(file); next += 1) file = `${name} ${next}.pdf`;
    return file;
  }
}

const signedOutWords = 'nobody is signed in';

const stamp = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

type Printed =
  { readonly kind: 'printed'; readonly printer: string } | { readonly kind: 'none'; readonly why: string };

/** On the system's default printer, without a window that asks. */
async function printOn(contents: WebContents, whyLeft: () => string | null): Promise<Printed> {
  const printers = await contents.getPrintersAsync().catch(() => []);
  const left = whyLeft();
  if (left !== null) return { kind: 'none', why: left };
  if (printers.length === 0) return { kind: 'none', why: 'no printer' };
  // Older systems of the window say which is the default; newer ones leave the choice to the system.
  const byDefault = printers.find((printer) => 'isDefault' in printer && printer.isDefault === true);
  const named = byDefault ?? (printers.length === 1 ? printers[0] : undefined);
  return new Promise((resolve) => {
    contents.print(
      {
        silent: true,
        printBackground: false,
        pageSize: 'A4',
        ...(named === undefined ? {} : { deviceName: named.name }),
      },
      (success, why) =>
        resolve(
          success
            ? { kind: 'printed', printer: named?.displayName ?? 'the default printer' }
            : { kind: 'none', why },
        ),
    );
  });
}

/** "page 2 of 14" below each sheet, where the page's own style cannot say it. */
function pageNumbers() {
  if (Number.parseInt(process.versions['chrome'] ?? '', 10) >= NUMBERS_BY_STYLE) return {};
  return {
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate:
      '<div style="inline-size:100%;padding-inline-end:12mm;font:9pt sans-serif;text-align:end">page <span class="pageNumber"></span> of <span class="totalPages"></span></div>',
  };
}

/** Only what matters here: the shell looks no deeper into what the workstation says. */
const someoneSchema = z.object({
  session: z.object({ kind: z.literal('signed-in'), locked: z.boolean() }),
});

function whyShut(state: unknown): string | null {
  const parsed = someoneSchema.safeParse(state);
  if (!parsed.success) return signedOutWords;
  return parsed.data.session.locked ? 'the desk is locked' : null;
}
