import type { Contact } from '../shared/domain/contact.ts';
import { underPolicies } from '../shared/domain/decided-by.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { ContactId } from '../shared/domain/ids.ts';
import type { LineInLanguage } from '../shared/domain/language/lines.ts';
import { apply } from '../shared/domain/lifecycle.ts';
import type { Instant } from '../shared/domain/time.ts';
import { must } from '../shared/lib/assert.ts';
import { riskInTranslation } from './risk-flags.ts';
import { WORDS_LIMIT } from './accept-update.ts';
import { appendEvent } from './append-event.ts';
import { digestOf } from './store/canonical-json.ts';
import type { CommittedEntry, StoreTransaction } from './store/queue-store.ts';

/** Whose fact a translation is, in the audit: the engine’s name stands in the event. */
const SOURCE = 'translation';

/**
 * Writes down what is known of the language of a line: event and audit entry in a transaction of their own, after the line’s (rule LG-05). `null`: the
 * contact has no room for it, or it says nothing new.
 */
export async function acceptTranslation(
  tx: StoreTransaction,
  {
    contact: id,
    about,
    now,
    policy,
  }: {
    readonly contact: ContactId;
    readonly about: LineInLanguage;
    readonly now: Instant;
    readonly policy: DecisionPolicy;
  },
): Promise<CommittedEntry | null> {
  const before = await tx.lockContact(id);
  if (before === null || isFull(before, about)) return null;
  const event: ContactEvent = {
    contact: id,
    rev: before.rev + 1,
    at: now,
    by: null,
    what: underPolicies({ kind: 'translated', about, ...riskInTranslation(before, about, policy) }, policy),
  };
  const after = apply(before, event);
  if (after.translations === before.translations) return null;
  await tx.writeContact(before, after);
  const lsn = await appendEvent(tx, event, null, {
    at: now,
    contact: id,
    desk: null,
    deskNumber: null,
    handler: null,
    source: SOURCE,
    act: 'translate',
    outcome: 'applied',
    command: null,
    actDigest: digestOf(about),
  });
  return { ...event, lsn: must(lsn, `position of a translation of contact ${id}`), flash: null };
}

/** A contact must fit the frames in which desks are told it: the words of the public go before what a machine made of them. */
function isFull({ account, messages, translations }: Contact, about: LineInLanguage): boolean {
  const words = { account, messages, translations: [...translations, about] };
  return Buffer.byteLength(JSON.stringify(words)) > WORDS_LIMIT;
}
