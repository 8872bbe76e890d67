import { describe, expect, it } from 'vitest';
import { MINUTE } from '../shared/domain/time.ts';
import type { QueueStatus } from './queue/queue-door.ts';
import { reportSentences } from './waits.ts';
import { en } from './words/en.ts';

const status = (reports: QueueStatus['reports']): QueueStatus => ({
  waiting: { chat: 0, longestMs: 0 },
  reports,
  openDesks: 1,
  emergencyLoad: false,
});
const said = (reports: QueueStatus['reports']): string => reportSentences(status(reports), en).join(' ');

describe('what is said of how soon a report is looked through', () => {
  it('WP-14: is what was measured, and what is worse than that is said beside it', () => {
    const calm = said({ waiting: 2, longestMs: 3 * MINUTE, lookedAtMs: 12 * MINUTE });
    expect(calm).toBe(
      'Online reports: half of the last ones were looked through by a call handler within 12 minutes.',
    );
    const busy = said({ waiting: 9, longestMs: 9.5 * 60 * MINUTE, lookedAtMs: 12 * MINUTE });
    expect(busy).toContain(
      'within 12 minutes. Online reports: the one that has waited longest has waited for 10 hours',
    );
  });

  it('WP-14: promises no time where nobody can say: too few were looked at, an older queue, or none to ask', () => {
    for (const sentences of [
      said({ waiting: 0, longestMs: 0, lookedAtMs: null }),
      said(null),
      reportSentences(null, en).join(' '),
    ]) {
      expect(sentences).toContain('We cannot say how soon');
      expect(sentences).not.toMatch(/\d/);
    }
    expect(said({ waiting: 1, longestMs: 40 * MINUTE, lookedAtMs: null })).toContain('waited for 40 minutes');
  });
});
