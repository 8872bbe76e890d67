import { CHAT_LINE_LIMIT } from '../chat/chat-rooms.ts';
import type { ChatEntry, ChatRoom, ChatStanding } from '../chat/chat-room.ts';
import type { Ask, Place } from '../context.ts';
import { choices, fieldId, textArea, textField, type Filled } from '../html/fields.ts';
import { attributes, html, type Html } from '../html/html.ts';
import { button, bullets, form, page, troubleSummary, warning } from '../html/page.ts';
import type { Reply } from '../http/exchange.ts';
import { pageTag, publicLanguages } from '../languages.ts';
import { timeWords, waitSentences } from '../waits.ts';
import type { Words } from '../words/en.ts';

/** Before the chat: is it safe, which language, which name. Without script it offers the other ways instead. */
export async function chatStartPage(
  place: Place,
  ask: Pick<Ask, 'token' | 'query'>,
  typed: { readonly filled: Filled } | null = null,
  /** A line for a chat that is not known any more. */
  unsent = '',
): Promise<Reply> {
  const { shell, waits } = place;
  const { words } = shell;
  const { chat } = words;
  const filled: Filled = typed?.filled ?? (() => []);
  const around = {
    words,
    filled,
    trouble: typed === null ? null : ({ at: 'safe', trouble: 'choose-one' } as const),
  };
  const sentences = waitSentences(await waits.status(), words);
  const language = filled('language')[0] ?? 'en';
  const options = [{ code: 'en', name: 'English', ownName: 'English', direction: 'ltr' }, ...publicLanguages];
  return {
    kind: 'page',
    page: page(shell, {
      title: chat.title,
      back: '/',
      scripts: ['chat.js'],
      hasTrouble: typed !== null,
      main: html`${typed === null ? null : troubleSummary(words, fieldId('safe'), words.answerTrouble['choose-one'])}
        <h1>${chat.title}</h1>
        <p class="lead">${chat.lead}</p>
        ${warning(html`<p>${chat.notEmergency}</p>`)}${ask.query.has('over') || unsent !== '' ? html`<p>${chat.over}</p>` : null}${notTaken(words, unsent)}
        <div class="no-script">
          <h2>${chat.noScriptTitle}</h2>
          <p>${chat.noScript}</p>
          ${bullets([...chat.noScriptList, html`<a href="/report">${chat.noScriptForm}</a>`, html`<a href="/routes">${words.routes.title}</a>`])}
        </div>
        <div class="needs-script">
          ${sentences.map((each) => html`<p>${each}</p>`)}
          ${form(
            { action: '/chat/begin', token: ask.token },
            html`${choices(
                {
                  name: 'safe',
                  legend: chat.safeAsk,
                  hint: html`<p class="hint" id="safe-hint">${chat.safeHint}</p>`,
                  options: (['yes', 'unsure', 'no'] as const).map((value) => ({
                    value,
                    label: chat.safe[value],
                    hint: null,
                  })),
                  many: false,
                  isPart: true,
                },
                around,
              )}
              <div class="field">
                <label for="language">${chat.languageAsk}</label>
                <p class="hint" id="language-hint">${chat.languageHint}</p>
                <select id="language" name="language" aria-describedby="language-hint">
                  ${options.map(
                    ({ code, name, ownName, direction }) =>
                      html`<option
                        ${attributes({ value: code, lang: pageTag(code), dir: direction, selected: code === language })}
                      >
                        ${name === ownName ? name : `${ownName} – ${name}`}
                      </option>`,
                  )}
                </select>
              </div>
              ${textField({ name: 'name', label: chat.nameAsk, hint: chat.nameHint, type: 'text', autocomplete: 'off', optional: false }, around)}
              ${button(chat.start)}`,
          )}
        </div>`,
    }),
  };
}

/** It may not be safe: what can be done, before the chat itself. */
export function chatUnsafePage(
  { shell }: Place,
  ask: Pick<Ask, 'token'>,
  kept: { readonly language: string; readonly name: string },
): Reply {
  const { chat, reports, emergency } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: chat.unsafeTitle,
      back: '/chat',
      main: html`<h1>${chat.unsafeTitle}</h1>
        ${warning(html`<p>${chat.unsafe}</p>`)}
        <p><a class="button danger" href="tel:999">999</a></p>
        ${bullets(chat.unsafeList)}
        <p>${reports.dangerCall} <a href="/emergency">${emergency.stripLink}</a></p>
        ${form(
          { action: '/chat/begin', token: ask.token },
          html`<input type="hidden" name="safe" value="told" /><input
              type="hidden"
              name="language"
              value="${kept.language}"
            /><input type="hidden" name="name" value="${kept.name}" />${button(chat.unsafeStart)}`,
        )}`,
    }),
  };
}

/** The chat. It shows everything and takes a line without script too; the script keeps it up to date. */
export function chatPage(
  { shell }: Place,
  ask: Pick<Ask, 'token' | 'query'>,
  room: ChatRoom,
  newLine: { readonly id: string; readonly text?: string; readonly problem?: string },
): Reply {
  const { words } = shell;
  const { chat } = words;
  const { standing, entries } = room;
  const isOver = standing.stage === 'ended';
  const script = {
    marks: chat.mark,
    names: namesOf(words),
    typing: chat.typing,
    offline: chat.state.offline,
    back: chat.state.back,
    over: chat.state.over,
    byMachine: chat.byMachine,
    goOn: chat.goOn,
  };
  return {
    kind: 'page',
    page: page(shell, {
      title: chat.heading,
      scripts: ['chat.js'],
      main: html`<h1>${isOver ? chat.ended.title : chat.heading}</h1>
        <div
          id="chat"
          data-after="${entries.at(-1)?.s ?? 0}"
          data-token="${ask.token}"
          data-limit="${CHAT_LINE_LIMIT}"
          data-words="${JSON.stringify(script)}"
          data-stage="${standing.stage}"
        >
          <p id="network" role="status" class="standing"></p>
          <div id="standing" role="status" class="standing">
            ${standingLines(words, standing).map((each) => html`<p>${each}</p>`)}
          </div>
          <div role="log" aria-label="${chat.transcript}" tabindex="0" class="transcript" id="transcript">
            <ol id="lines" class="lines">
              ${entries.map((entry) => line(words, entry, standing))}
            </ol>
          </div>
          <p id="typing" class="quiet">${standing.typing ? chat.typing : ''}</p>
          ${isOver ? ended(words, standing, newLine.text ?? '') : composer(words, ask, standing, newLine)}
        </div>`,
    }),
  };
}

function composer(
  words: Words,
  { token, query }: Pick<Ask, 'token' | 'query'>,
  standing: ChatStanding,
  newLine: { readonly id: string; readonly text?: string; readonly problem?: string },
): Html {
  const { chat } = words;
  return html`<div id="choices" class="choices">
      ${standing.choices.map((label, n) =>
        form(
          { action: '/chat/lines', token },
          html`<input
              type="hidden"
              name="id"
              value="${newLine.id}-c${n}"
            />${button(label, { quiet: true, name: 'text', value: label })}`,
        ),
      )}
    </div>
    ${form(
      { action: '/chat/lines', token, id: 'say' },
      html`<input type="hidden" name="id" value="${newLine.id}" /><label for="text">${chat.write}</label
        >${newLine.problem === undefined ? null : html`<p class="trouble" id="text-trouble">${newLine.problem}</p>`}
        <div class="say">
          ${textArea({ id: 'text', name: 'text', rows: 2, maxlength: CHAT_LINE_LIMIT, autocomplete: 'off', dir: 'auto', 'aria-describedby': newLine.problem === undefined ? null : 'text-trouble' }, newLine.text ?? '')}
          ${button(chat.send)}
        </div>`,
    )}
    <p class="no-script"><a href="/chat/now">${chat.lookNew}</a></p>
    ${
      query.has('end')
        ? html`<div class="warning">
            <div>
              <p>${chat.endAsk}</p>
              <div class="pair">
                ${form({ action: '/chat/end', token }, button(chat.endYes))}<a
                  class="button quiet"
                  href="/chat/now"
                  >${chat.endNo}</a
                >
              </div>
            </div>
          </div>`
        : html`<p><a href="/chat/now?end=1">${chat.end}</a></p>`
    }`;
}

/** What somebody wrote and nobody got: theirs to keep. */
const notTaken = ({ chat }: Words, text: string): Html | null =>
  text === ''
    ? null
    : html`<div class="warning" id="not-taken">
        <div>
          <p>${chat.ended.notTaken}</p>
          <p class="said" dir="auto">${text}</p>
        </div>
      </div>`;

function ended(words: Words, { ended: how }: ChatStanding, unsent: string): Html {
  const { chat } = words;
  const sentence =
    how === 'by-you' ? chat.ended.byYou : how === 'by-us' ? chat.ended.byUs : chat.ended.byAssistant;
  return html`<div id="ended">
    ${notTaken(words, unsent)}
    <p>${sentence}</p>
    <p>${chat.ended.urgent}</p>
    <p><a class="button" href="/chat">${chat.ended.anew}</a></p>
  </div>`;
}

const namesOf = ({ chat }: Words): Readonly<Record<ChatEntry['from'], string>> => ({
  public: chat.you,
  handler: chat.handler,
  assistant: chat.assistant,
  system: chat.system,
});

/** The same as the script draws: `browser/chat.ts`. */
function line(words: Words, { s, id, from, text, at, lang }: ChatEntry, standing: ChatStanding): Html {
  return html`<li class="${from}" data-s="${s}" data-id="${id}">
    <p class="who">${namesOf(words)[from]} <time>${timeWords(at)}</time></p>
    <p class="words" dir="auto" ${attributes({ lang })}>${text}</p>
    ${from === 'public' ? html`<p class="mark">${markOf(words, s, standing)}</p>` : null}${from === 'handler' && lang !== null ? html`<p class="by-machine">${words.chat.byMachine}</p>` : null}
  </li>`;
}

/** How far a line of the person has come; nothing while only the assistant reads it. */
function markOf(
  { chat }: Words,
  s: number,
  { stage, keptUpTo, receivedUpTo, answeredUpTo, notTakenFrom }: ChatStanding,
): string {
  if (notTakenFrom !== null && s >= notTakenFrom) return chat.mark.notTaken;
  if (stage === 'assistant') return '';
  if (s <= answeredUpTo) return chat.mark.answered;
  if (s <= receivedUpTo) return chat.mark.received;
  return s <= keptUpTo ? chat.mark.kept : '';
}

/** What is true of the chat now, in sentences. */
export function standingLines({ chat }: Words, standing: ChatStanding): readonly string[] {
  const { stage, handler, before, queueAway } = standing;
  if (stage === 'ended') return [];
  if (stage === 'assistant') return [chat.state.assistant];
  const away = queueAway ? [chat.state.queueAway] : [];
  if (handler === 'here') return [...away, chat.state.here];
  if (handler === 'colleague') return [...away, chat.state.colleague];
  if (handler === 'away') return [...away, chat.state.away];
  return [...away, chat.state.waiting, ...(before === null ? [] : [chat.state.position(before)])];
}
