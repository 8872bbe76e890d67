import type { Option, Part, Question } from '../report/form.ts';
import { LINE_LIMIT, WORDS_LIMIT, type AnswerTrouble } from '../report/read-answer.ts';
import type { Words } from '../words/en.ts';
import { attributes, html, type Html, type HtmlValue } from './html.ts';

/** What stands in the fields of a page: what was typed, also if it was not understood. */
export type Filled = (name: string) => readonly string[];

/** What is wrong, and with which field. */
export interface FieldTrouble {
  readonly at: string;
  readonly trouble: AnswerTrouble;
}

/** An id as it may stand in `#…`: names hold a dot. */
export const fieldId = (name: string): string => name.replaceAll('.', '-');

interface Around {
  readonly words: Words;
  readonly filled: Filled;
  readonly trouble: FieldTrouble | null;
}

const troubleOf = ({ words, trouble }: Around, name: string): Html | null =>
  trouble?.at === name
    ? html`<p class="trouble" id="${fieldId(name)}-trouble">
        <span class="for-ears">${words.reports.errorPrefix} </span>${words.answerTrouble[trouble.trouble]}
      </p>`
    : null;

const describedBy = (around: Around, name: string, hasHint: boolean): string | null =>
  [hasHint ? `${fieldId(name)}-hint` : '', around.trouble?.at === name ? `${fieldId(name)}-trouble` : '']
    .filter((id) => id !== '')
    .join(' ') || null;

/** One question as a page asks it: its heading is its label. */
export function questionFields(question: Question, around: Around): Html {
  const { words } = around;
  const optional = question.optional ? html` <span class="optional">${words.reports.optional}</span>` : null;
  const { id, ask } = question;
  const given = question.hint ?? (question.kind === 'choices' ? words.reports.chooseAll : null);
  const hint = given === null ? null : html`<p class="hint" id="${id}-hint">${given}</p>`;
  switch (question.kind) {
    case 'choice':
    case 'choices':
      return choices(
        {
          name: id,
          legend: html`${ask}${optional}`,
          hint,
          options: question.options,
          many: question.kind === 'choices',
        },
        around,
      );
    case 'line':
    case 'words': {
      const value = around.filled(id)[0] ?? '';
      const shared = {
        id,
        name: id,
        'aria-describedby': describedBy(around, id, hint !== null),
        'aria-invalid': around.trouble?.at === id ? 'true' : null,
        maxlength: question.kind === 'line' ? LINE_LIMIT : WORDS_LIMIT,
        autocomplete: 'off',
      };
      const control =
        question.kind === 'line'
          ? html`<input ${attributes({ type: 'text', value, ...shared })} />`
          : html`${textArea({ rows: 8, spellcheck: 'true', ...shared }, value)}
              <p class="hint">${words.reports.charactersLeft}</p>`;
      return html`<h1><label for="${id}">${ask}${optional}</label></h1>
        ${hint}${troubleOf(around, id)}${control}`;
    }
    case 'day':
      return dayFields(id, html`${ask}${optional}`, hint, around);
    case 'parts':
      return html`<fieldset ${attributes({ 'aria-describedby': hint === null ? null : `${id}-hint` })}>
        <legend><h1>${ask}${optional}</h1></legend>
        ${hint}${question.parts.map((part) => partField(`${id}.${part.id}`, part, question.optional, around))}
      </fieldset>`;
  }
}

/** Radio buttons or check boxes. Nothing is ever chosen beforehand. */
export function choices(
  asked: {
    readonly name: string;
    readonly legend: HtmlValue;
    readonly hint: Html | null;
    readonly options: readonly Pick<Option, 'value' | 'label' | 'hint'>[];
    readonly many: boolean;
    /** Where the page has several questions, each is under a smaller heading. */
    readonly isPart?: boolean;
  },
  around: Around,
): Html {
  const { name, legend, hint, options, many, isPart = false } = asked;
  const chosen = around.filled(name);
  return html`<fieldset ${attributes({ 'aria-describedby': describedBy(around, name, hint !== null) })}>
    <legend>${isPart ? html`<h2>${legend}</h2>` : html`<h1>${legend}</h1>`}</legend>
    ${hint}${troubleOf(around, name)}
    ${options.map(
      (option, n) =>
        html`<div class="choice">
          <input
            ${attributes({
              type: many ? 'checkbox' : 'radio',
              id: n === 0 ? fieldId(name) : `${fieldId(name)}-${option.value}`,
              name,
              value: option.value,
              checked: chosen.includes(option.value),
            })}
          /><label for="${n === 0 ? fieldId(name) : `${fieldId(name)}-${option.value}`}"
            >${option.label}${option.hint === null ? null : html`<span class="hint">${option.hint}</span>`}</label
          >
        </div>`,
    )}
  </fieldset>`;
}

function dayFields(id: string, ask: HtmlValue, hint: Html | null, around: Around): Html {
  const { words, filled } = around;
  const names = [
    ['date', words.reports.day, 2],
    ['month', words.reports.month, 2],
    ['year', words.reports.year, 4],
  ] as const;
  return html`<fieldset
    ${attributes({ 'aria-describedby': describedBy(around, `${id}.date`, hint !== null)?.replace(`${id}-date-hint`, `${id}-hint`) })}
  >
    <legend><h1>${ask}</h1></legend>
    ${hint}${troubleOf(around, `${id}.date`)}
    <div class="day">
      ${names.map(
        ([part, label, length]) =>
          html`<div>
            <label for="${id}-${part}">${label}</label
            ><input
              ${attributes({
                type: 'text',
                inputmode: 'numeric',
                id: `${id}-${part}`,
                name: `${id}.${part}`,
                maxlength: length,
                size: length,
                autocomplete: 'off',
                value: filled(`${id}.${part}`)[0] ?? '',
              })}
            />
          </div>`,
      )}
    </div>
    ${textField({ name: `${id}.about`, label: words.reports.dayAbout, type: 'text', autocomplete: 'off', hint: null, optional: false }, around)}
  </fieldset>`;
}

function partField(name: string, part: Part, isOptionalAnyway: boolean, around: Around): Html {
  return textField({ ...part, name, optional: part.optional && !isOptionalAnyway }, around);
}

const inputs: Readonly<Record<Part['type'], { readonly type: string; readonly inputmode: string | null }>> = {
  text: { type: 'text', inputmode: null },
  tel: { type: 'tel', inputmode: 'tel' },
  email: { type: 'email', inputmode: 'email' },
  plate: { type: 'text', inputmode: null },
  postcode: { type: 'text', inputmode: null },
};

/** One line with its label. */
export function textField(
  field: {
    readonly name: string;
    readonly label: string;
    readonly hint: string | null;
    readonly type: Part['type'];
    readonly autocomplete: string;
    readonly optional: boolean;
  },
  around: Around,
): Html {
  const { name, label, hint, type, autocomplete, optional } = field;
  const id = fieldId(name);
  return html`<div class="field">
    <label for="${id}"
      >${label}${optional ? html` <span class="optional">${around.words.reports.optional}</span>` : null}</label
    >
    ${hint === null ? null : html`<p class="hint" id="${id}-hint">${hint}</p>`}${troubleOf(around, name)}<input
      ${attributes({
        id,
        name,
        ...inputs[type],
        autocomplete,
        maxlength: LINE_LIMIT,
        'aria-describedby': describedBy(around, name, hint !== null),
        'aria-invalid': around.trouble?.at === name ? 'true' : null,
        autocapitalize: type === 'plate' || type === 'postcode' ? 'characters' : null,
        spellcheck: type === 'text' ? null : 'false',
        value: around.filled(name)[0] ?? '',
      })}
    />
  </div>`;
}

/** Browsers drop a line break that stands first: one is given, so that none of the person's own is lost. */
export const textArea = (given: Parameters<typeof attributes>[0], value: string): Html =>
  html`<textarea ${attributes(given)}>${'\n'}${value}</textarea>`;
