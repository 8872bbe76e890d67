import { londonDayOf } from '../../shared/domain/london.ts';
import type { Ask, Place, ReportUnderWay } from '../context.ts';
import { fieldId, questionFields, type Filled } from '../html/fields.ts';
import { html, type Html } from '../html/html.ts';
import {
  button,
  buttonLink,
  bullets,
  form,
  page,
  paragraphs,
  troubleSummary,
  warning,
} from '../html/page.ts';
import type { Reply } from '../http/exchange.ts';
import {
  answerWords,
  askedQuestions,
  nextUnanswered,
  reportKinds,
  shownBy,
  shownByAnswer,
  type Question,
  type ReportForm,
  type ReportKind,
} from '../report/form.ts';
import { isTooLong } from '../report/handed-report.ts';
import { fieldsOfAnswer, readAnswer } from '../report/read-answer.ts';

export const reportPath = (kind: ReportKind, rest = ''): string => `/report/${kind}${rest}`;

export const asKind = (text: string): ReportKind | null => reportKinds.find((kind) => kind === text) ?? null;

/** Which reports there are. */
export function reportsPage({ shell, forms }: Place): Reply {
  const { reports: words } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: words.title,
      back: '/',
      main: html`<h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
        ${warning(html`<p>${words.notRead}</p>`)}
        <ul class="cards">
          ${reportKinds.map(
            (kind) =>
              html`<li>
                <a href="${reportPath(kind)}">${forms[kind].title}</a>
                <p>${forms[kind].about}</p>
              </li>`,
          )}
        </ul>
        <h2>${words.other}</h2>
        ${bullets(words.otherList.map(({ text, to }) => (to === null ? text : html`<a href="${to}">${text}</a>`)))}`,
    }),
  };
}

/** What to know before beginning. `isOver`: they came back to answers that were forgotten. */
export function beforePage({ shell, forms }: Place, ask: Ask, kind: ReportKind): Reply {
  const { reports: words } = shell.words;
  const { title, before } = forms[kind];
  return {
    kind: 'page',
    page: page(shell, {
      title,
      back: '/report',
      scripts: ['keep.js'],
      main: html`<h1>${title}</h1>
        ${ask.query.has('over') ? warning(html`<p>${words.over}</p>`) : null}
        ${form(
          { action: reportPath(kind, '/restore'), token: ask.token, id: 'restore' },
          html`<div class="warning" id="saved" data-kind="${kind}" hidden>
            <div>
              <p>${words.continueSaved}</p>
              <input type="hidden" name="saved" value="" />
              <div class="pair">
                ${button(words.continueButton)}<button type="button" class="button quiet" id="delete-saved">
                  ${words.deleteButton}
                </button>
              </div>
            </div>
          </div>`,
        )}
        <h2>${words.before}</h2>
        ${paragraphs(before)}
        ${form({ action: reportPath(kind, '/begin'), token: ask.token }, button(words.begin))}`,
    }),
  };
}

/** One question. `typed`: what was sent and not understood. */
export function questionPage(
  { shell, forms }: Place,
  ask: Pick<Ask, 'token' | 'query'>,
  under: ReportUnderWay,
  question: Question,
  typed: {
    readonly filled: Filled;
    readonly at: string;
    readonly trouble: Parameters<typeof troubleSentence>[1];
  } | null = null,
): Reply {
  const { words } = shell;
  const report = forms[under.kind];
  const given = fieldsOfAnswer(question, under.answers.get(question.id));
  const filled: Filled =
    typed?.filled ?? ((name) => given.filter(([each]) => each === name).map(([, value]) => value));
  const isChange = ask.query.has('change');
  return {
    kind: 'page',
    page: page(shell, {
      title: question.ask,
      back: isChange ? reportPath(under.kind, '/check') : backOf(report, under, question),
      scripts: ['keep.js'],
      hasTrouble: typed !== null,
      main: html`${typed === null ? null : troubleSummary(words, fieldId(typed.at), troubleSentence(shell.words, typed.trouble))}
        <p class="quiet">${report.title}</p>
        ${form(
          {
            action: `${reportPath(under.kind, `/ask/${question.id}`)}${isChange ? '?change=1' : ''}`,
            token: ask.token,
          },
          html`${questionFields(question, { words, filled, trouble: typed })}${button(words.goOn)}`,
        )}
        ${keeping(shell.words, ask, under)}`,
    }),
  };
}

const troubleSentence = (
  words: Place['shell']['words'],
  trouble: keyof Place['shell']['words']['answerTrouble'],
): string => words.answerTrouble[trouble];

function backOf(report: ReportForm, { kind, answers }: ReportUnderWay, question: Question): string {
  const asked = askedQuestions(report, answers);
  const before = asked[asked.findIndex(({ id }) => id === question.id) - 1];
  return before === undefined ? reportPath(kind) : reportPath(kind, `/ask/${before.id}`);
}

/** Whether it is kept on this device, and how to change that. With script alone: without, there is nothing to keep it with. */
function keeping(words: Place['shell']['words'], { token }: Pick<Ask, 'token'>, under: ReportUnderWay): Html {
  const { reports } = words;
  const { keepOnDevice, kind, answers } = under;
  const saved = keepOnDevice ? JSON.stringify({ kind, answers: [...answers] }) : '';
  return html`<details
    class="keeping needs-script"
    id="keeping"
    data-kind="${kind}"
    data-keep="${keepOnDevice ? 'yes' : 'no'}"
    data-saved="${saved}"
  >
    <summary>${reports.keepTitle}</summary>
    <p>${keepOnDevice ? reports.keepOn : reports.keepOff}</p>
    ${form({ action: reportPath(kind, '/keep'), token }, button(keepOnDevice ? reports.keepStop : reports.keepStart, { quiet: true, name: 'keep', value: keepOnDevice ? 'no' : 'yes' }))}
  </details>`;
}

/** An answer showed danger: the urgent ways first, then the way on. */
export function dangerPage({ shell }: Place, under: ReportUnderWay, next: string): Reply {
  const { reports: words } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: words.dangerTitle,
      back: reportPath(under.kind),
      main: html`<h1>${words.dangerTitle}</h1>
        ${warning(
          html`<p>${words.danger}</p>
            <p>${words.dangerCall}</p>`,
        )}
        <p><a class="button danger" href="tel:999">999</a></p>
        <p><a href="/emergency">${shell.words.emergency.stripLink}</a></p>
        <p>${words.dangerWrite} <a href="/chat">${shell.words.chat.title}</a></p>
        <p><a class="button quiet" href="${next}">${words.dangerGoOn}</a></p>`,
    }),
  };
}

/** Everything that was answered, each with its way back. The key that makes a second sending harmless was made before this page. */
export function checkPage(
  { shell, forms }: Place,
  ask: Pick<Ask, 'token'>,
  under: ReportUnderWay,
  problem: string | null = null,
): Reply {
  const { reports: words } = shell.words;
  const report = forms[under.kind];
  const rows = askedQuestions(report, under.answers).map((question) => {
    const said = answerWords(question, under.answers.get(question.id));
    return html`<div>
      <dt>${question.ask}</dt>
      <dd class="said">${said === '' ? html`<span class="quiet">${words.nothingSaid}</span>` : said}</dd>
      <dd class="change">
        <a href="${reportPath(under.kind, `/ask/${question.id}?change=1`)}"
          >${words.change}<span class="for-ears"> ${question.ask}</span></a
        >
      </dd>
    </div>`;
  });
  const photos = html`<div>
    <dt>${shell.words.photos.title}</dt>
    <dd class="said">${shell.words.photos.count(under.photos.length)}</dd>
    <dd class="change">
      <a href="${reportPath(under.kind, '/photos')}"
        >${words.change}<span class="for-ears"> ${shell.words.photos.title}</span></a
      >
    </dd>
  </div>`;
  const tooLong = isTooLong(report, under.answers);
  return {
    kind: 'page',
    ...(problem === null ? {} : { status: 503 }),
    page: page(shell, {
      title: words.checkTitle,
      back: backOfCheck(report, under),
      scripts: ['keep.js'],
      main: html`<h1>${words.checkTitle}</h1>
        <p class="lead">${words.checkLead}</p>
        ${problem === null ? null : warning(html`<p>${problem}</p>`)}
        ${shownBy(report, under.answers) === null ? null : html`<p>${words.lookNote} ${words.notRead}</p>`}
        <dl class="answers">${rows}${report.photos ? photos : null}</dl>
        ${canBeReached(under) ? null : html`<p>${words.noWayToReach}</p>`}
        ${
          tooLong
            ? warning(html`<p>${words.tooLong}</p>`)
            : form(
                { action: reportPath(under.kind, '/send'), token: ask.token, id: 'send' },
                html`<input type="hidden" name="key" value="${under.key}" />${button(words.send)}`,
              )
        }
        ${keeping(shell.words, ask, under)}`,
    }),
  };
}

function backOfCheck(report: ReportForm, { kind, answers }: ReportUnderWay): string {
  const last = askedQuestions(report, answers).at(-1);
  return last === undefined ? reportPath(kind) : reportPath(kind, `/ask/${last.id}`);
}

/** Whether they left any way to answer them. */
export function canBeReached({ answers }: Pick<ReportUnderWay, 'answers'>): boolean {
  const parts = ['about-you', 'safe-number', 'safe-email', 'safe-person'].flatMap((id) => {
    const answer = answers.get(id);
    return answer?.kind === 'parts' ? Object.keys(answer.values) : [];
  });
  const wish = ['reach-you', 'safe-way'].map((id) => answers.get(id));
  const none = wish.some((answer) => answer?.kind === 'choice' && answer.value === 'none');
  return !none && parts.some((part) => ['phone', 'email', 'reach'].includes(part));
}

/** What comes after a question was answered, or what is wrong with the answer. */
export function answered(
  place: Place,
  ask: Ask,
  under: ReportUnderWay,
  question: Question,
): { readonly under: ReportUnderWay; readonly reply: Reply } {
  const report = place.forms[under.kind];
  const read = readAnswer(question, ask.fields, londonDayOf(place.clock.now()));
  if (!read.ok) {
    const filled: Filled = (name) => ask.fields.get(name) ?? [];
    return {
      under,
      reply: questionPage(place, ask, under, question, { filled, at: read.at, trouble: read.trouble }),
    };
  }
  const answers = new Map(under.answers).set(question.id, read.answer);
  const next: ReportUnderWay = { ...under, answers };
  const isDanger = shownByAnswer(question, read.answer).includes('now');
  return {
    under: next,
    reply: { kind: 'go', to: isDanger ? reportPath(under.kind, '/danger') : wayOn(report, next) },
  };
}

/** The next question without an answer, the photos, or the check page. */
export function wayOn(report: ReportForm, { kind, answers, photosAsked }: ReportUnderWay): string {
  const next = nextUnanswered(report, answers);
  if (next !== null) return reportPath(kind, `/ask/${next.id}`);
  return reportPath(kind, report.photos && !photosAsked ? '/photos' : '/check');
}

/** What has become of its photos: they go after it, and never hold it up (rule WP-56). */
function photosSent(
  { photos }: Place['shell']['words'],
  kept: Place['kept'],
  { sent }: ReportUnderWay,
): Html | null {
  const keys = sent?.photos ?? [];
  if (keys.length === 0) return null;
  const kinds = keys.map((key) => kept.standing(key)?.kind);
  const there = kinds.filter((kind) => kind === 'received').length;
  const refused = kinds.filter((kind) => kind === 'refused').length;
  return html`<p>${photos.sent(keys.length, there)}</p>
    ${refused === 0 ? null : warning(html`<p>${photos.refused}</p>`)}`;
}

/** What has become of a report that was sent: nothing is said that is not true at this moment. */
export function sentPage(
  { shell, kept, forms }: Place,
  under: ReportUnderWay,
  { timeWords, waits }: { readonly timeWords: (at: number) => string; readonly waits: readonly string[] },
): Reply {
  const { reports: words } = shell.words;
  const standing = kept.standing(under.key);
  const report = forms[under.kind];
  const isThere = standing?.kind === 'received';
  const title = isThere ? words.sentTitle : words.keptTitle;
  const truth =
    standing?.kind === 'received'
      ? html`<p>${words.received(timeWords(standing.at), standing.ref)}</p>`
      : standing?.kind === 'refused'
        ? warning(html`<p>${words.refused}</p>`)
        : html`${warning(
              html`<p>${words.kept}</p>
                <p>${words.keptUrgent}</p>`,
            )}
            <p><a href="${reportPath(under.kind, '/sent')}">${words.again}</a></p>`;
  const reach =
    under.sent?.canBeReached === false
      ? words.nextNoAnswer
      : report.carefulContact
        ? words.nextCareful
        : null;
  return {
    kind: 'page',
    page: page(shell, {
      title,
      scripts: ['keep.js'],
      main: html`<div class="receipt" id="sent" data-kind="${under.kind}">
          <h1>${title}</h1>
          <p>${words.code}</p>
          <p class="code">${under.code}</p>
        </div>
        ${truth}${photosSent(shell.words, kept, under)}
        <p>${words.noteCode}</p>
        <h2>${words.next}</h2>
        ${bullets([...waits, ...words.nextList, ...(reach === null ? [] : [reach])])}
        ${warning(html`<p>${words.worse}</p>`)}${buttonLink('/', words.another)}`,
    }),
  };
}
