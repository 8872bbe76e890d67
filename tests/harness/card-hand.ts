import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { RelatedContacts } from '../../src/shared/contract/workstation.ts';
import type { Act, ActKind } from '../../src/shared/domain/command.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { asCommandId, type ContactId } from '../../src/shared/domain/ids.ts';
import type { Refusal } from '../../src/shared/domain/lifecycle.ts';
import type { PolicyName, PolicyValues } from '../../src/shared/domain/policy/policies.ts';
import { emptyEntry, entryOf, pictureOf, type TriageEntry } from '../../src/shared/domain/triage/entry.ts';
import { proposedThrive, withProposals } from '../../src/shared/domain/triage/proposals.ts';
import { nextQuestions } from '../../src/shared/domain/triage/questions.ts';
import { recommendGrade, type Recommendation } from '../../src/shared/domain/triage/recommend.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Which } from './card.ts';
import type { Desk } from './desk.ts';
import { answersFrom } from './triage-policy.ts';

/** What was answered, as `answersFrom` reads it. */
export type Asked = Readonly<Record<string, string | number>>;

/** The queue behind a hand. */
export interface CardWorld {
  id(which: Which): Promise<ContactId>;
  contacts(ids: readonly ContactId[]): Promise<readonly Contact[]>;
}

/** A handler at a desk, with one contact of the card in front of them. */
export interface Hand {
  /** Every act of this handler that stands, in order. */
  readonly accepted: readonly ActKind[];
  /** Acts one after the other, each with the queue's word before the next. Throws when one does not stand. */
  does(...acts: readonly Act[]): Promise<void>;
  /** Tries an act that must not stand, and returns why it does not. */
  refused(act: Act): Promise<Refusal>;
  /** The same handler, with another contact in front of them. */
  on(which: Which): Hand;
  /** The contact as this desk shows it, once it has everything that the queue has. */
  sees(): Promise<Contact>;
  /** A look at the risk as the window sends it: these answers beside the earlier ones, what they propose, and what is recommended. */
  look(callType: string | null, asked: Asked, more?: Partial<TriageEntry>): Promise<Act>;
  /** What is recommended after these answers beside the kept ones. */
  recommends(callType: string | null, asked: Asked): Promise<Recommendation>;
  /** The questions that come next, by id. */
  asks(callType: string | null, asked: Asked, limit: number): Promise<readonly string[]>;
  /** The next question as it is worded now. */
  says(callType: string | null, asked: Asked): Promise<string>;
  related(): Promise<RelatedContacts>;
  policy<N extends PolicyName>(name: N): Promise<PolicyValues[N]>;
}

const plain = (value: Contact): unknown => JSON.parse(JSON.stringify(value));

export function handOf(desk: Desk, world: CardWorld): Hand {
  const accepted: ActKind[] = [];

  async function policy<N extends PolicyName>(name: N): Promise<PolicyValues[N]> {
    const reading = await desk.until(
      () => desk.request('policy.read', { name }),
      (found) => found.kind === 'here' && found.from === 'queue',
    );
    return (reading as { readonly value: unknown }).value as PolicyValues[N];
  }

  function handOn(which: Which): Hand {
    /** The queue has the word about every act, also where this desk could refuse by itself. */
    async function wordOn(act: Act): Promise<Refusal | null> {
      const { id: contact } = await sees();
      const id = asCommandId(randomUUID());
      const kept = await desk.request('command.submit', { id, contact, act });
      if (kept.kind === 'refused') return kept.refusal;
      const answer = await desk.until(
        () => desk.pushes.find(({ name, payload }) => name === 'command.answered' && payload.id === id),
        (found) => found !== undefined,
      );
      const { refusal } = must(answer, `answer to ${act.kind}`).payload as { refusal: Refusal | null };
      return refusal;
    }

    async function sees(): Promise<Contact> {
      const id = await world.id(which);
      const truth = plain(must((await world.contacts([id]))[0], 'contact'));
      // Not its revision alone: a flash brings that before the details come (rule L-09).
      const reading = await desk.until(
        () => desk.request('contact.read', { contact: id }),
        (found) => found.kind === 'here' && isDeepStrictEqual(plain(found.contact), truth),
      );
      return (reading as { readonly contact: Contact }).contact;
    }

    async function pictured(callType: string | null, asked: Asked) {
      const contact = await sees();
      const before = contact.triage.length === 0 ? emptyEntry : entryOf(contact);
      const answers = { ...before.answers, ...answersFrom(asked) };
      const questions = await policy('questions');
      const thrive = withProposals(before.thrive, proposedThrive(questions, answers));
      const entry: TriageEntry = { ...before, callType: callType ?? before.callType, answers, thrive };
      return { entry, picture: pictureOf(contact, entry), questions };
    }

    const recommends: Hand['recommends'] = async (callType, asked) => {
      const { picture, questions } = await pictured(callType, asked);
      return recommendGrade(await policy('triage'), questions, picture);
    };
    const next = async (callType: string | null, asked: Asked, limit: number) => {
      const { picture, questions } = await pictured(callType, asked);
      return nextQuestions(questions, picture, limit);
    };
    return {
      accepted,
      async does(...acts) {
        for (const act of acts) {
          const refusal = await wordOn(act);
          if (refusal !== null) throw new Error(`${act.kind} was refused: ${JSON.stringify(refusal)}`);
          accepted.push(act.kind);
        }
      },
      async refused(act) {
        return must(await wordOn(act), `a refusal of ${act.kind}`);
      },
      on: handOn,
      sees,
      async look(callType, asked, more = {}) {
        const { entry } = await pictured(callType, asked);
        const { grade, reasons } = await recommends(callType, asked);
        const recommended = grade === null ? null : { grade, because: reasons.map(({ rule }) => rule) };
        const versions = { triage: (await policy('triage')).version };
        return { kind: 'triage', entry: { ...entry, recommended, policies: versions, ...more } };
      },
      recommends,
      asks: async (callType, asked, limit) =>
        (await next(callType, asked, limit)).map(({ question }) => question.id),
      says: async (callType, asked) => must((await next(callType, asked, 1))[0], 'a question').say,
      async related() {
        const { id: contact } = await sees();
        return desk.request('contact.related', { contact });
      },
      policy,
    };
  }
  return handOn({});
}
