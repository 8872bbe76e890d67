import fc from 'fast-check';
import { later, type Instant } from '../../src/shared/domain/time.ts';
import { testStart } from './builders.ts';

/** What all values for properties are made of: words as people type them, and instants with many ties. */

export const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null });

export const anyInstant: fc.Arbitrary<Instant> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((minutes) => later(testStart, minutes * 60_000)),
  fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 }).map((ms) => later(testStart, ms)),
);

/** Words as people type them: any script, emoji, right to left, quotes, mark-up. */
export const anyWords: fc.Arbitrary<string> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  fc.constantFrom(
    'He is back',
    '"><img src=x onerror=alert(1)>',
    'זה דחוף',
    '👮🏽‍♀️ at the door',
    '__proto__',
    '\u0000',
  ),
);

/** Words as an act may carry them: mostly fit, sometimes blank or too long. */
export const actWords = (limit: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: anyWords },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t\n') },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(limit), 'x'.repeat(limit + 1)) },
  );
