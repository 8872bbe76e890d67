import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Output } from '../../../shared/contract/workstation.ts';
import type { Workplace } from '../../app/workplace.ts';
import { gatherPaper } from './paper-data.ts';
import { PaperSheets } from './paper-sheets.tsx';
import styles from './paper-sheets.module.css';

/** The page that is being made into paper: one at a time. */
const isUnderWay = (): boolean => document.querySelector(`.${styles.paper}`) !== null;

/**
 * Prints the paper fall-back (rules P-01, P-06, P-07). What goes on paper stands in the page only while it is printed, and
 * never on screen: the print style shows it and hides the window.
 */
export async function printPaper(workplace: Workplace): Promise<void> {
  if (isUnderWay()) {
    workplace.say('Still printing.', 'plain');
    return;
  }
  const holder = document.createElement('div');
  holder.className = styles.paper ?? '';
  document.body.append(holder);
  const root = createRoot(holder, { onCaughtError: () => undefined });
  try {
    workplace.say('Printing what is open, and blank logs…', 'plain');
    const print = await gatherPaper(workplace);
    flushSync(() => root.render(<PaperSheets print={print} />));
    const answer = await workplace.bridge
      .request('paper.print', {})
      .catch(() => ({ kind: 'failed', why: 'this desk did not answer' }) as const);
    workplace.say(answerWords(answer, print.blank), answer.kind === 'failed' ? 'warning' : 'plain');
  } catch {
    workplace.say('Not printed: what is open could not be read. Try again.', 'warning');
  } finally {
    root.unmount();
    holder.remove();
  }
}

function answerWords(answer: Output<'paper.print'>, blank: readonly string[]): string {
  const logs = `${blank.length} blank logs, ${blank[0] ?? ''} to ${blank.at(-1) ?? ''}`;
  switch (answer.kind) {
    case 'printed':
      return `Printed on ${answer.printer}, with ${logs}.`;
    case 'saved':
      return `No printer: kept as a file until you sign off, with ${logs}: ${answer.path}`;
    case 'failed':
      return `Not printed: ${answer.why}. Tell your team leader, and write on any paper.`;
  }
}
