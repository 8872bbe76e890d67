import type { ReachWay, SafeReach } from '../../shared/domain/outbound/reach.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { answerWords, askedQuestions, shownBy, type Answer, type Answers, type ReportForm } from './form.ts';

/** What the queue takes of a title, and of one answer. Characters. */
export const TITLE_LIMIT = 160;
const ANSWER_LIMIT = 4_000;
/** All answers together, so that fields and account fit one request. Bytes of UTF-8 in JSON. */
export const ANSWERS_LIMIT = 18_000;

/** A report as it goes to `POST /intake/contacts`. */
export interface HandedReport {
  readonly channel: 'online-report';
  readonly receivedAt: Instant;
  readonly title: string;
  readonly place: string | null;
  readonly caller: {
    readonly name: string | null;
    readonly number: string | null;
    readonly address: string | null;
  };
  /** The same as the form, for a desk that shows no fields. */
  readonly account: string;
  readonly flags: { readonly lookFirst: boolean };
  readonly form: {
    readonly kind: string;
    readonly answers: readonly { readonly id: string; readonly question: string; readonly answer: string }[];
    /** By which way they said that they may be reached, for the queue to go by (rule MX-02). */
    readonly reach?: SafeReach;
  };
}

/** Whether the answers are more than one report can carry. */
export const isTooLong = (form: ReportForm, answers: Answers): boolean =>
  Buffer.byteLength(JSON.stringify(fieldsOf(form, answers).map(({ answer }) => answer))) > ANSWERS_LIMIT;

/**
 * A finished report as the queue takes it. Names and numbers go where a desk looks for them; the row's title holds neither (rule C-11).
 * In the account each answer stands behind a few words that are no risk words themselves: only what the person wrote or chose is to be found.
 */
export function handedReport(
  form: ReportForm,
  answers: Answers,
  sent: { readonly at: Instant; readonly code: string },
): HandedReport {
  const fields = fieldsOf(form, answers);
  const reach = reachOf(form, answers);
  const adds =
    form.rowAdds === null ? '' : answerWords(questionOf(form, form.rowAdds), answers.get(form.rowAdds));
  const lines = fields.map(
    ({ short, answer }) => `${short}: ${answer.includes('\n') ? `\n${answer}` : answer}`,
  );
  return {
    channel: 'online-report',
    receivedAt: sent.at,
    title: (adds === '' ? form.row : `${form.row}: ${adds.charAt(0).toLowerCase()}${adds.slice(1)}`).slice(
      0,
      TITLE_LIMIT,
    ),
    place: clip(part(answers, 'where', 'town')),
    caller: callerOf(form, answers),
    account: [...lines, `Receipt code: ${sent.code}`].join('\n'),
    flags: { lookFirst: shownBy(form, answers) !== null },
    form: {
      kind: form.kind,
      ...(reach !== null && { reach }),
      answers: [
        ...fields.map(({ id, question, answer }) => ({
          id,
          question,
          answer: answer.slice(0, ANSWER_LIMIT),
        })),
        { id: 'receipt-code', question: 'Receipt code the person was given', answer: sent.code },
      ],
    },
  };
}

const questionOf = ({ questions }: ReportForm, id: string) => {
  const found = questions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`bug: a form without ${id}`);
  return found;
};

function fieldsOf(form: ReportForm, answers: Answers) {
  return askedQuestions(form, answers).flatMap((question) => {
    const answer = answerWords(question, answers.get(question.id));
    return answer === '' ? [] : [{ id: question.id, question: question.ask, short: question.short, answer }];
  });
}

/**
 * Who sent it. The number stands where a desk offers to ring it; where a careful contact was asked for, only if they chose a call: a bell
 * in the wrong room can hurt them (rule WP-24).
 */
function callerOf(form: ReportForm, answers: Answers): HandedReport['caller'] {
  const asked = askedAnswers(form, answers);
  const mayRing = !form.carefulContact || isChosen(asked.get('safe-way'), 'call');
  return {
    name: clip(part(asked, 'about-you', 'name')),
    number: mayRing
      ? clip(part(asked, 'about-you', 'phone') ?? part(asked, 'safe-number', 'phone'), 40)
      : null,
    address: clip(
      [
        part(asked, 'your-address', 'street'),
        part(asked, 'your-address', 'town'),
        part(asked, 'your-address', 'postcode'),
      ]
        .filter((line) => line !== null)
        .join(', ') || null,
      300,
    ),
  };
}

const reachByValue: Readonly<Record<string, ReachWay>> = {
  email: 'e-mail',
  text: 'text',
  call: 'call',
  through: 'person',
  none: 'nobody',
};

/**
 * What they chose, for a machine to go by; `null` where the form did not ask. Neutral is what somebody else may read, or what shall not say that it
 * is from the police.
 */
function reachOf(form: ReportForm, answers: Answers): SafeReach | null {
  const asked = askedAnswers(form, answers);
  const chosenWay = asked.get('safe-way') ?? asked.get('reach-you');
  const way = chosenWay?.kind === 'choice' ? reachByValue[chosenWay.value] : undefined;
  if (way === undefined) return null;
  const email = part(asked, 'safe-email', 'email') ?? part(asked, 'about-you', 'email');
  const phone = part(asked, 'safe-number', 'phone') ?? part(asked, 'about-you', 'phone');
  const to = way === 'e-mail' ? email : way === 'text' ? phone : null;
  const signs = asked.get('safe-signs');
  return {
    way,
    to: clip(to) ?? '',
    neutral: isChosen(signs, 'not-police') || isChosen(signs, 'shared'),
  };
}

function askedAnswers(form: ReportForm, answers: Answers): Answers {
  return new Map(
    askedQuestions(form, answers).flatMap(({ id }): [string, Answer][] => {
      const answer = answers.get(id);
      return answer === undefined ? [] : [[id, answer]];
    }),
  );
}

function part(answers: Answers, question: string, id: string): string | null {
  const answer = answers.get(question);
  return (answer?.kind === 'parts' ? answer.values[id] : undefined) ?? null;
}

const isChosen = (answer: Answer | undefined, value: string): boolean =>
  (answer?.kind === 'choice' && answer.value === value) ||
  (answer?.kind === 'choices' && answer.values.includes(value));

const clip = (text: string | null, limit = 160): string | null => text?.slice(0, limit) ?? null;
