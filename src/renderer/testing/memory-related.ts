import linking from '../../../resources/policy/seed/linking.json';
import type { AskedContacts, RelatedContacts, RequestHandlers } from '../../shared/contract/workstation.ts';
import { linkingPolicySchema } from '../../shared/contract/policy/linking.ts';
import { suggestLinks } from '../../shared/domain/assist/duplicates.ts';
import { compileLinking, linkTraits } from '../../shared/domain/assist/link-traits.ts';
import { repeatsOf } from '../../shared/domain/assist/repeats.ts';
import { summaryOf, type Contact } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { londonDayOf } from '../../shared/domain/london.ts';
import { referencesOf } from '../../shared/domain/record/references-of.ts';
import { parseReference, writeCrime, writeIsr } from '../../shared/domain/record/references.ts';
import type { Instant } from '../../shared/domain/time.ts';

const ready = compileLinking(linkingPolicySchema.parse(linking));

/** What belongs together among the contacts of a desk in memory: the domain's own word, over all of them. */
export function memoryRelated({
  contacts,
  atQueue,
  yearOf,
  now,
}: {
  readonly contacts: () => readonly Contact[];
  /** What the queue answers who asks for contacts that are not on this desk. */
  readonly atQueue: (fits: (contact: Contact) => boolean) => AskedContacts;
  /** What the index of twelve months says. */
  readonly yearOf: (contact: ContactId) => Pick<RelatedContacts, 'year' | 'older'>;
  readonly now: () => Instant;
}): Pick<RequestHandlers, 'contact.related' | 'contact.by-reference' | 'contact.ask'> {
  const earlierOf = (contact: Contact) => {
    const { id, ref, receivedAt, keys, circles } = linkTraits(contact, ready);
    return { id, ref, receivedAt, keys, circles };
  };
  return {
    'contact.related': async ({ contact: id }) => {
      const contact = contacts().find((each) => each.id === id);
      if (contact === undefined) return { suggestions: [], repeats: [], year: [], older: [], trouble: null };
      const linked = contact.links.filter(({ parted }) => parted === null).map(({ other }) => other.contact);
      const suggestions = suggestLinks(contact, contacts(), now(), ready)
        .filter((one) => !linked.includes(one.contact))
        .slice(0, 8)
        .flatMap(({ contact: other, kinds, because, strength }) => {
          const found = contacts().find((each) => each.id === other);
          if (found === undefined) return [];
          const sentences = because.map(({ sentence }) => sentence);
          return [{ summary: summaryOf(found), kinds: [...kinds], because: sentences, strength }];
        });
      const repeats = repeatsOf(earlierOf(contact), contacts().map(earlierOf), ready.policy).map(
        (repeat) => ({
          ...repeat,
          contacts: repeat.contacts.map(({ id: each, ref, receivedAt }) => ({ id: each, ref, receivedAt })),
        }),
      );
      return { suggestions, repeats, ...yearOf(id), trouble: null };
    },
    'contact.by-reference': async ({ typed }) => {
      const { kind, stored, goesBy } = meant(typed, now());
      return { kind, reference: stored, contacts: contacts().filter(goesBy).map(summaryOf) };
    },
    'contact.ask': async (asked) =>
      atQueue(asked.kind === 'contact' ? ({ id }) => id === asked.contact : meant(asked.typed, now()).goesBy),
  };
}

/** What somebody means by a reference, and who goes by it. */
function meant(typed: string, now: Instant) {
  const reference = parseReference(typed, londonDayOf(now));
  if (reference === null) return { kind: null, stored: '', goesBy: () => false };
  const stored =
    reference.kind === 'isr'
      ? writeIsr(reference)
      : reference.kind === 'crime'
        ? writeCrime(reference)
        : reference.kind === 'either'
          ? writeCrime(reference.crime)
          : reference.kind === 'foreign'
            ? reference.text
            : reference.ref;
  const goesBy = (contact: Contact): boolean => referencesOf(contact).includes(stored);
  return { kind: reference.kind, stored, goesBy };
}
