import { z } from 'zod';
import type { Ask, Place, ReportUnderWay, Visit } from '../context.ts';
import type { Admitted } from '../http/admission.ts';
import { crowdWords } from '../http/crowd-words.ts';
import { field, type Reply } from '../http/exchange.ts';
import { hasRiskWords } from '../risk-words.ts';
import { tooMuchPage } from './info-pages.ts';
import { asInstant, SECOND } from '../../shared/domain/time.ts';
import { askedQuestions, nextUnanswered, type Answer, type ReportKind } from '../report/form.ts';
import { handedReport, isTooLong, TITLE_LIMIT } from '../report/handed-report.ts';
import { fieldsOfAnswer, readAnswer } from '../report/read-answer.ts';
import { receiptCode } from '../report/receipt-code.ts';
import { londonDayOf } from '../../shared/domain/london.ts';
import { reportSentences, timeWords } from '../waits.ts';
import { addPhotos, photosPage, removePhoto } from './photo-pages.ts';
import {
  answered,
  canBeReached,
  checkPage,
  dangerPage,
  questionPage,
  reportPath,
  sentPage,
  wayOn,
} from './report-pages.ts';

const go = (to: string): Reply => ({ kind: 'go', to });

/** How long the receipt waits for the queue before it says that it has not answered yet. Milliseconds. */
const RECEIPT_WAIT_MS = 3 * SECOND;

/** Begins a report anew. */
export function begin(
  place: Place,
  ask: Ask,
  kind: ReportKind,
  answers: ReadonlyMap<string, Answer> = new Map(),
  keepOnDevice = false,
): Reply {
  const visit = ask.visit ?? ask.beginVisit().visit;
  const under: ReportUnderWay = {
    kind,
    answers,
    key: `web-report-${place.newId()}`,
    code: receiptCode(place.random),
    photos: [],
    photosAsked: false,
    keepOnDevice,
    sent: null,
  };
  put(visit, under);
  return go(wayOn(place.forms[kind], under));
}

const put = (visit: Visit, under: ReportUnderWay): void => {
  visit.reports = new Map(visit.reports).set(under.kind, under);
};

/** Answers by what may be saved on a device: read as strictly as from a form, because a device can hold anything. */
const savedSchema = z.object({
  kind: z.string(),
  answers: z
    .array(
      z.tuple([
        z.string().max(60),
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('choice'), value: z.string() }),
          z.object({ kind: z.literal('choices'), values: z.array(z.string()) }),
          z.object({ kind: z.literal('text'), text: z.string() }),
          z.object({ kind: z.literal('day'), day: z.string().nullable(), about: z.string() }),
          z.object({ kind: z.literal('parts'), values: z.record(z.string(), z.string()) }),
        ]),
      ]),
    )
    .max(80),
});

/** Goes on with answers that were saved on the device. What does not fit the form any more is asked again. */
export function restore(place: Place, ask: Ask, kind: ReportKind): Reply {
  const parsed = savedSchema.safeParse(jsonOf(field(ask.fields, 'saved')));
  if (!parsed.success || parsed.data.kind !== kind) return begin(place, ask, kind);
  const saved = new Map<string, Answer>(parsed.data.answers);
  const answers = new Map<string, Answer>();
  for (const question of place.forms[kind].questions) {
    const answer = saved.get(question.id);
    if (answer === undefined) continue;
    const fields = new Map<string, string[]>();
    for (const [name, value] of fieldsOfAnswer(question, answer))
      fields.set(name, [...(fields.get(name) ?? []), value]);
    const read = readAnswer(question, fields, londonDayOf(place.clock.now()));
    if (read.ok) answers.set(question.id, read.answer);
  }
  return begin(place, ask, kind, answers, true);
}

/** Every page of a report under way. `null`: there is no such page. */
export async function underWay(
  place: Place,
  ask: Ask,
  kind: ReportKind,
  rest: string,
): Promise<Reply | null> {
  const { visit } = ask;
  const under = visit?.reports.get(kind);
  // A report that was sent just before this program began again is still known by its key.
  if (visit === null || under === undefined)
    return rest === 'send' ? sentBefore(place, ask, kind) : go(reportPath(kind, '?over=1'));
  const isPost = ask.request.method === 'POST';
  if (under.sent !== null)
    return rest === 'sent' || isPost ? sent(place, under, isPost) : go(reportPath(kind, '/sent'));
  const report = place.forms[kind];
  const asked = /^ask\/([a-z][a-z0-9-]*)$/.exec(rest)?.[1];
  if (asked !== undefined) {
    const question = askedQuestions(report, under.answers).find(({ id }) => id === asked);
    const first = nextUnanswered(report, under.answers);
    const isAhead =
      question !== undefined &&
      first !== null &&
      report.questions.indexOf(question) > report.questions.indexOf(first);
    if (question === undefined || isAhead) return go(wayOn(report, under));
    if (!isPost) return questionPage(place, ask, under, question);
    const { under: next, reply } = answered(place, ask, under, question);
    put(visit, next);
    return reply;
  }
  switch (rest) {
    case 'danger':
      return dangerPage(place, under, wayOn(report, under));
    case 'keep': {
      if (isPost) put(visit, { ...under, keepOnDevice: field(ask.fields, 'keep') === 'yes' });
      return go(wayOn(report, under));
    }
    case 'photos': {
      if (!report.photos || nextUnanswered(report, under.answers) !== null) return go(wayOn(report, under));
      const seen = { ...under, photosAsked: true };
      put(visit, seen);
      return isPost ? addPhotos(place, ask, visit, seen) : photosPage(place, ask, seen);
    }
    case 'photos/remove':
      return isPost ? removePhoto(place, ask, visit, under) : go(reportPath(kind, '/photos'));
    case 'check':
      return nextUnanswered(report, under.answers) === null
        ? checkPage(place, ask, under)
        : go(wayOn(report, under));
    case 'send':
      if (!isPost || nextUnanswered(report, under.answers) !== null || isTooLong(report, under.answers))
        return go(wayOn(report, under));
      return send(place, ask, visit, under);
    case 'sent':
      return go(wayOn(report, under));
    default:
      return null;
  }
}

/** Whether it may be sent now. What is kept already was let in before: the second of two presses is no second report. */
function admittedReport(
  { kept, tokens, tier }: Place,
  ask: Ask,
  under: ReportUnderWay,
  { account, flags }: ReturnType<typeof handedReport>,
): Admitted {
  if (kept.standing(under.key) !== null) return { kind: 'taken', of: null, same: null };
  const words = account
    .replace(under.code, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  const isRisk = flags.lookFirst || hasRiskWords(tier, account);
  return ask.admit({ words: tokens.nameOf('words', words), isRisk });
}

/** Keeps it, sends it, and shows what has become of it. Sent twice, or by two presses at once, it is the same one (rule WP-12). */
async function send(place: Place, ask: Ask, visit: Visit, under: ReportUnderWay): Promise<Reply> {
  const { clock, courier, forms, log } = place;
  const report = handedReport(forms[under.kind], under.answers, { at: clock.now(), code: under.code });
  const admitted = admittedReport(place, ask, under, report);
  if (admitted.kind === 'wait') return tooMuchPage(place, ask, admitted.seconds);
  const title = `${crowdWords(admitted) ?? ''}${report.title}`.slice(0, TITLE_LIMIT);
  const parcel = { key: under.key, contact: null, body: JSON.stringify({ ...report, title }) };
  const photos = under.photos.map((photo, n) => ({
    code: null,
    parcel: { key: `${under.key}-photo-${n + 1}`, contact: under.key, body: '', photo },
  }));
  try {
    // No crash can come between a report and its photos. They go after it, each by itself, and none of them can hold it up (rule WP-56).
    await courier.sendTogether([{ parcel, code: under.code }, ...photos]);
  } catch {
    log.error('a report could not be kept; its sender was told', { kind: under.kind });
    return checkPage(place, ask, under, place.shell.words.trouble.keptNot);
  }
  // What was answered is with the queue, or kept for it: no longer here.
  put(visit, {
    ...under,
    answers: new Map(),
    photos: [],
    sent: { canBeReached: canBeReached(under), photos: photos.map(({ parcel: { key } }) => key) },
    keepOnDevice: false,
  });
  log.info('a report was taken', { kind: under.kind });
  await courier.waitFor(under.key, RECEIPT_WAIT_MS);
  return go(reportPath(under.kind, '/sent'));
}

async function sent(place: Place, under: ReportUnderWay, isPost: boolean): Promise<Reply> {
  if (isPost) {
    await place.courier.waitFor(under.key, RECEIPT_WAIT_MS);
    return go(reportPath(under.kind, '/sent'));
  }
  const waits = reportSentences(await place.waits.status(), place.shell.words);
  return sentPage(place, under, { timeWords: (at) => timeWords(asInstant(at)), waits });
}

function sentBefore(place: Place, ask: Ask, kind: ReportKind): Reply {
  const key = field(ask.fields, 'key');
  const standing = place.kept.standing(key);
  if (standing === null || standing.code === null) return go(reportPath(kind, '?over=1'));
  const visit = ask.visit ?? ask.beginVisit().visit;
  put(visit, {
    kind,
    answers: new Map(),
    key,
    code: standing.code,
    photos: [],
    photosAsked: true,
    keepOnDevice: false,
    sent: { canBeReached: null, photos: [] },
  });
  return go(reportPath(kind, '/sent'));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
