import { useState } from 'react';
import { later, type Instant } from '../../../shared/domain/time.ts';
import type { NotOpened } from '../../app/desk-session.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';

export interface Refused {
  readonly answer: NotOpened;
  /** Whose number was refused: a wait is theirs alone. */
  readonly handler: string;
  /** Until when there is a wait, in the time of the window's clock; `null`: there is none. */
  readonly until: Instant | null;
}

/** The last refusal, and what is left of its wait at this second. */
export function useRefusal(): {
  readonly refused: Refused | null;
  readonly leftMs: number;
  readonly refuse: (answer: NotOpened | null, handler: string) => void;
} {
  const { clock } = useWorkplace();
  const now = useNow();
  const [refused, setRefused] = useState<Refused | null>(null);
  const leftMs = refused?.until === null || refused === null ? 0 : Math.max(0, refused.until - now);
  return {
    refused,
    leftMs,
    refuse: (answer, handler) => {
      if (answer === null) setRefused(null);
      else {
        const until = answer.kind === 'too-many' ? later(clock.now(), answer.retryAfterMs) : null;
        setRefused({ answer, handler, until });
      }
    },
  };
}
