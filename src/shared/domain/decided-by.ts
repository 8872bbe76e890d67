import { unreachable } from '../lib/assert.ts';
import { waitsUnread } from './channel.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { Happening } from './event.ts';

/** The policies that can decide what happens, besides the targets, whose version stands on every due instant. */
type Deciding = 'triage' | 'categories' | 'risk-words' | 'linking' | 'chat' | 'markers';

/**
 * The happening with the versions of the policies that it was decided by (rule Y-07): asked years later why, the record answers under which
 * rules. A policy that had no part in it, or that was not there, is not named.
 */
export function underPolicies(what: Happening, policy: DecisionPolicy): Happening {
  const versions = versionsOf(policy);
  const policies = Object.fromEntries(
    decidedBy(what).flatMap((name) => {
      const version = versions[name];
      return version === undefined ? [] : [[name, version]];
    }),
  );
  return Object.keys(policies).length === 0 ? what : { ...what, policies };
}

function versionsOf({
  triage,
  categories,
  facts,
  chat,
  markerKinds,
}: DecisionPolicy): Readonly<Record<Deciding, string | undefined>> {
  return {
    triage: triage?.version,
    categories: categories?.version,
    'risk-words': facts?.riskWords.version,
    linking: facts?.linking.policy.version,
    chat: chat?.version,
    markers: markerKinds?.version,
  };
}

function decidedBy(what: Happening): readonly Deciding[] {
  switch (what.kind) {
    // Whether its words ask for a look; also that they do not.
    case 'arrived':
      return waitsUnread.has(what.contact.channel) ? ['risk-words'] : [];
    case 'said':
      return what.message.from === 'public' ? ['risk-words'] : [];
    case 'translated':
      return what.about.reading === null ? [] : ['risk-words'];
    case 'heard':
      return ['risk-words'];
    // Floors, and who must agree.
    case 'graded':
    case 'grade-asked':
    case 'grade-answered':
      return ['triage'];
    case 'closed':
      return ['triage', 'categories'];
    // Where a bell may hurt.
    case 'tried':
      return ['markers'];
    case 'crime-decided':
    case 'incident-opened':
      return ['categories'];
    // What is new in the child's words.
    case 'linked':
    case 'joined':
    case 'child-told':
      return ['risk-words', 'linking'];
    case 'claimed':
    case 'released':
    case 'freed':
    case 'located':
    case 'line':
    case 'noted':
    case 'call':
    // The entry names those that the handler worked by.
    case 'triaged':
    case 'described':
    case 'placed':
    case 'call-back-promised':
    case 'parted':
    case 'discharged':
    case 'contributed':
    case 'passed-on':
    case 'major-declared':
    case 'stood-down':
    case 'promoted':
    case 'demoted':
    case 'reopened':
    case 'replied':
    case 'reached':
    case 'attached':
    case 'exit-checked':
    case 'chat-ended':
    case 'parked':
    case 'resumed':
    case 'safe-contact-agreed':
    case 'language-chosen':
    case 'reference-ordered':
    case 'carried':
    case 'taken-over':
    case 'offer-declined':
    case 'offer-withdrawn':
      return [];
    // How long it stands, and how many one has at once.
    case 'chat-offered':
      return ['chat'];
    default:
      return unreachable(what);
  }
}
