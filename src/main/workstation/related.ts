import type { Asked } from '../../shared/contract/queue-link.ts';
import type {
  ByReference,
  Input,
  Output,
  RelatedContacts,
  Suggestion,
} from '../../shared/contract/workstation.ts';
import { parentsInstead, suggestFrom, type LinkSuggestion } from '../../shared/domain/assist/duplicates.ts';
import {
  compileLinking,
  linkTraits,
  type Linking,
  type LinkTraits,
} from '../../shared/domain/assist/link-traits.ts';
import { repeatsOf, type EarlierContact } from '../../shared/domain/assist/repeats.ts';
import type { Contact, ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { EarlierInYear } from '../../shared/domain/history.ts';
import { londonDayOf, type Day } from '../../shared/domain/london.ts';
import type { LinkingPolicy } from '../../shared/domain/policy/linking.ts';
import {
  parseReference,
  writeCrime,
  writeIsr,
  type Reference,
} from '../../shared/domain/record/references.ts';
import { referencesNamed } from '../../shared/domain/record/references-named.ts';
import { endingLinks } from '../../shared/domain/record/close-duplicate.ts';
import { keysOfContact } from '../../shared/domain/same-caller.ts';
import { MINUTE, type Instant } from '../../shared/domain/time.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { HistoryIndex } from './history-index.ts';
import type { Inbox } from './inbox.ts';
import type { LookedUp } from './look-ups.ts';
import type { Policies } from './policies.ts';

/** So many contacts received just before are compared, and so many received just after: more than come in the time that counts. */
const NEAR_IN_TIME = 200;
/** So many contacts of each key of the caller, and of each square of the map around a place. */
const OF_CALLER = 50;
const OF_SQUARE = 20;
/** As many are told: the window numbers four, and may have linked some meanwhile. */
const TOLD = 8;
/** So many of one reference: more than one is rare. */
const OF_REFERENCE = 8;
/** What was found in the words of so many contacts is remembered. */
const REMEMBERED = 2_000;

interface Known {
  readonly rev: number;
  readonly traits: LinkTraits;
  /** The contacts of the same event that it is linked to as their child. */
  readonly parents: readonly ContactId[];
  readonly earlier: EarlierContact;
  readonly vulnerable: boolean;
}

const inYear = ({ traits: { id, receivedAt, keys }, vulnerable }: Known): EarlierInYear => ({
  contact: id,
  receivedAt,
  vulnerable,
  keys,
});

export interface RelatedOptions {
  readonly store: Pick<
    DeskStore,
    'held' | 'revOf' | 'receivedNear' | 'locatedNear' | 'ofCaller' | 'byReference'
  >;
  readonly inbox: Pick<Inbox, 'held'>;
  readonly policies: Pick<Policies, 'read'>;
  readonly history: Pick<HistoryIndex, 'of'>;
  /** Asks the queue for what is not here. */
  readonly lookUp: (asked: Asked) => Promise<LookedUp>;
  /** By the queue's clock. */
  readonly queueTime: () => Instant;
  /** Runs what reads the file: damage may show wherever it is read (rule S-06). */
  readonly served: <T>(work: () => T) => T;
}

/**
 * What belongs together among the contacts of this desk (rules AS-10, AS-11, AS-19, R-05). Candidates come by index: what was received
 * about the same time, of the same caller, in the same place; the words of each revision are read once.
 */
export class Related {
  readonly #options: RelatedOptions;
  #linking: { readonly policy: LinkingPolicy; readonly ready: Linking } | null = null;
  /** In the order in which they were last asked for. */
  readonly #known = new Map<ContactId, Known>();

  constructor(options: RelatedOptions) {
    this.#options = options;
  }

  async read({ contact }: Input<'contact.related'>): Promise<RelatedContacts> {
    const reading = await this.#options.policies.read('linking');
    if (reading.kind === 'not-there') {
      const { year, older } = this.#options.served(() => this.#yearWithoutPolicy(contact));
      return { suggestions: [], repeats: [], year, older, trouble: reading.sentence };
    }
    const linking = this.#made(reading.value as LinkingPolicy);
    return this.#options.served(() => this.#relatedTo(contact, linking));
  }

  byReference({ typed }: Input<'contact.by-reference'>): ByReference {
    const { store, inbox, queueTime } = this.#options;
    const reference = parseReference(typed, londonDayOf(queueTime()));
    if (reference === null) return { kind: null, reference: '', contacts: [] };
    const stored = storedForm(reference);
    const found = storedReferences(reference).flatMap((one) => store.byReference(one, OF_REFERENCE));
    const contacts = found.flatMap((id) => inbox.held(id)?.summary ?? []);
    return { kind: reference.kind, reference: stored, contacts };
  }

  /** The same from the queue: whatever it finds is on this desk then (rules L-24, R-22). */
  async ask(input: Input<'contact.ask'>): Promise<Output<'contact.ask'>> {
    const { inbox, lookUp, queueTime, served } = this.#options;
    const asked = askedOf(input, londonDayOf(queueTime()));
    if (asked === null) return { kind: 'not-there', contacts: [] };
    const answer = await lookUp(asked);
    if (answer.kind !== 'found') return { kind: answer.kind, contacts: [] };
    return served(() => ({
      kind: 'found',
      contacts: answer.contacts.flatMap((id) => inbox.held(id)?.summary ?? []),
    }));
  }

  #made(policy: LinkingPolicy): Linking {
    if (this.#linking?.policy.version !== policy.version) {
      this.#linking = { policy, ready: compileLinking(policy) };
      this.#known.clear();
    }
    return this.#linking.ready;
  }

  #relatedTo(id: ContactId, linking: Linking): RelatedContacts {
    const { store, inbox, queueTime } = this.#options;
    const contact = inbox.held(id)?.contact ?? null;
    if (contact === null) return { suggestions: [], repeats: [], year: [], older: [], trouble: null };
    const own = knownOf(contact, linking);
    const others = this.#candidates(own).flatMap((other) => this.#knownBy(other, linking) ?? []);
    const linked = new Set(
      contact.links.flatMap(({ other, parted }) => (parted === null ? [other.contact] : [])),
    );
    const found = suggestFrom(
      own.traits,
      others.map(({ traits }) => traits),
      queueTime(),
      linking,
    );
    const alike = parentsInstead(found, (other) => {
      const parent = this.#parentOf(other, id, linking);
      return parent && { contact: parent.id, ref: parent.ref, receivedAt: parent.receivedAt };
    }).filter((one) => !linked.has(one.contact));
    const named = this.#namedBy(contact).filter(({ id: other }) => other !== id && !linked.has(other));
    const suggestions = withNamed(alike, named)
      .slice(0, TOLD)
      .flatMap(({ contact: other, kinds, because, strength }): readonly Suggestion[] => {
        const summary: ContactSummary | undefined = store.held(other)?.summary;
        if (summary === undefined) return [];
        return [{ summary, kinds: [...kinds], because: because.map(({ sentence }) => sentence), strength }];
      });
    const repeats = repeatsOf(
      own.earlier,
      others.map(({ earlier }) => earlier),
      linking.policy,
    ).map(({ kind, count, sentence, contacts }) => ({
      kind,
      count,
      sentence,
      contacts: contacts.map(({ id: each, ref, receivedAt }) => ({ id: each, ref, receivedAt })),
    }));
    return { suggestions, repeats, ...this.#yearOf(inYear(own), others), trouble: null };
  }

  /** Contacts of ours that its public gives by their numbers, as far as this desk holds them (rule AS-29). */
  #namedBy(contact: Contact): readonly NamedContact[] {
    const { store, inbox, queueTime } = this.#options;
    return referencesNamed(contact, londonDayOf(queueTime())).flatMap((reference) =>
      storedReferences(reference).flatMap((one) =>
        store.byReference(one, OF_REFERENCE).flatMap((id) => {
          const summary = inbox.held(id)?.summary;
          return summary === undefined
            ? []
            : [{ id, as: one, ref: summary.ref, receivedAt: summary.receivedAt }];
        }),
      ),
    );
  }

  #yearWithoutPolicy(id: ContactId): Pick<RelatedContacts, 'year' | 'older'> {
    const contact = this.#options.inbox.held(id)?.contact ?? null;
    if (contact === null) return { year: [], older: [] };
    const { receivedAt, flags } = contact;
    return this.#yearOf(
      { contact: id, receivedAt, vulnerable: flags.vulnerable, keys: keysOfContact(contact) },
      [],
    );
  }

  /** What twelve months know of the caller (rule AS-23); `others`: what this desk holds of them. */
  #yearOf(own: EarlierInYear, others: readonly Known[]): Pick<RelatedContacts, 'year' | 'older'> {
    const { history } = this.#options;
    const known = new Map(others.map((other) => [other.traits.id, inYear(other)]));
    const { year, older } = history.of(own, [...known.values()], (other) => known.has(other));
    return {
      year: [...year],
      older: older.map(({ markers, because, ...row }) => ({
        ...row,
        markers: [...markers],
        because: [...because],
      })),
    };
  }

  /** Where the links of a contact as of the same event end, among those that are here; `null` where that is the contact itself, or the one asked about. */
  #parentOf(child: ContactId, self: ContactId, linking: Linking): LinkTraits | null {
    const seen = new Set<ContactId>([child]);
    let known = this.#knownBy(child, linking);
    for (;;) {
      const above: readonly ContactId[] = known?.parents ?? [];
      const next = above.flatMap((id) => (seen.has(id) ? [] : (this.#knownBy(id, linking) ?? [])))[0];
      if (next === undefined) break;
      seen.add(next.traits.id);
      known = next;
    }
    const parent = known?.traits ?? null;
    return parent === null || parent.id === child || parent.id === self ? null : parent;
  }

  #candidates({ traits: { id, keys, circles, receivedAt } }: Known): readonly ContactId[] {
    const { store } = this.#options;
    const withinMs = (this.#linking?.policy.sameIncident.withinMinutes ?? 0) * MINUTE;
    const found = new Set([
      ...store.receivedNear(receivedAt, withinMs, NEAR_IN_TIME),
      ...store.ofCaller(keys, OF_CALLER),
      ...circles.flatMap((circle) => store.locatedNear(circle, OF_SQUARE)),
    ]);
    found.delete(id);
    return [...found];
  }

  /** What is known of another contact; its words are read when its revision is new. `null` while only a flash of it is here. */
  #knownBy(id: ContactId, linking: Linking): Known | null {
    const { store } = this.#options;
    const before = this.#known.get(id);
    this.#known.delete(id);
    const rev = store.revOf(id);
    const known = before !== undefined && before.rev === rev ? before : this.#readAgain(id, linking);
    if (known === null) return null;
    this.#known.set(id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  #readAgain(id: ContactId, linking: Linking): Known | null {
    const contact = this.#options.store.held(id)?.contact ?? null;
    return contact === null ? null : knownOf(contact, linking);
  }
}

interface NamedContact {
  readonly id: ContactId;
  /** The number that was given, as it is stored. */
  readonly as: string;
  readonly ref: string;
  readonly receivedAt: Instant;
}

/** What somebody says themselves stands before whatever is alike (rule AS-29). */
function withNamed(
  alike: readonly LinkSuggestion[],
  named: readonly NamedContact[],
): readonly LinkSuggestion[] {
  const told = named.map(({ id: contact, as, ref, receivedAt }): LinkSuggestion => {
    const because = { code: 'named', sentence: `They give its number, ${as}.` } as const;
    const before = alike.find((one) => one.contact === contact);
    const kinds = before?.kinds ?? (['same-incident'] as const);
    return {
      contact,
      ref,
      receivedAt,
      kinds,
      because: [because, ...(before?.because ?? [])],
      strength: 'strong',
    };
  });
  const first = new Map(told.map((one) => [one.contact, one]));
  return [...first.values(), ...alike.filter(({ contact }) => !first.has(contact))];
}

function knownOf(contact: Contact, linking: Linking): Known {
  const traits = linkTraits(contact, linking);
  const { id, ref, receivedAt, keys, circles } = traits;
  const { vulnerable } = contact.flags;
  // That somebody is a victim is said by whoever records it; no record says so yet in a field of its own.
  const parents = endingLinks(contact).map(({ other }) => other.contact);
  return { rev: contact.rev, traits, parents, earlier: { id, ref, receivedAt, keys, circles }, vulnerable };
}

/** Every form in which it may be stored; none of what is none of ours. */
function storedReferences(reference: Reference): string[] {
  switch (reference.kind) {
    case 'foreign':
      return [];
    case 'either':
      return [writeCrime(reference.crime), writeIsr(reference.isr)];
    default:
      return [storedForm(reference)];
  }
}

function askedOf(input: Input<'contact.ask'>, today: Day): Asked | null {
  if (input.kind === 'contact') return { kind: 'contacts', contacts: [input.contact] };
  const reference = parseReference(input.typed, today);
  const references = reference === null ? [] : storedReferences(reference);
  return references.length === 0 ? null : { kind: 'reference', references };
}

function storedForm(reference: Reference): string {
  switch (reference.kind) {
    case 'isr':
      return writeIsr(reference);
    case 'crime':
      return writeCrime(reference);
    case 'contact':
    case 'prov':
      return reference.ref;
    case 'either':
      return `${writeCrime(reference.crime)} or ${writeIsr(reference.isr)}`;
    case 'foreign':
      return reference.text;
    default:
      return unreachable(reference);
  }
}
