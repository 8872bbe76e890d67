import type { Scenario, ScenarioStep } from '../shared/contract/scenario/scenario.ts';
import { allDeeds, type Deed, type DeedKind } from '../shared/domain/training/deed.ts';
import { durationMs } from '../shared/domain/duration.ts';
import { FIRST } from '../shared/domain/training/contact-names.ts';
import {
  beginRun,
  hear,
  nextAt,
  passTime,
  recordingOf,
  type Run,
  type RunWith,
  type Told,
  type Went,
} from '../shared/domain/training/run.ts';
import type { Recording } from '../shared/domain/training/recording.ts';
import { SECOND } from '../shared/domain/time.ts';

/** What a line of the trainee costs of the scenario's time, so that a play in the terminal needs no clock. Milliseconds. */
const LINE_TAKES = 4 * SECOND;

export const playHelp = [
  'What you write is said to the person. A line takes four seconds of the scenario.',
  '  /wait 20s            lets time pass',
  '  /ask QUESTION        asks a question of the panel, by its id',
  '  /do DEED [CODES] [| WORDS]   does something: /do claim, /do grade G1 | danger now, /do incident PS-DOM',
  '  /to CONTACT          turns to another contact',
  '  /end                 ends it and shows the score',
];

export interface Shown {
  readonly lines: readonly string[];
  readonly ended: boolean;
}

/** A scenario played line by line in a terminal: what was written comes in, what is to be shown goes out. */
export class TerminalPlay {
  #run: Run<ScenarioStep>;
  #contact = FIRST;

  constructor(scenario: Scenario, runWith: RunWith) {
    this.#run = beginRun(scenario, runWith);
  }

  /** What happens before anything is written. */
  begin(): readonly string[] {
    return this.#go(passTime(this.#run, 0));
  }

  line(text: string): Shown {
    const at = this.#run.now + LINE_TAKES;
    const [command = '', ...rest] = text.trim().split(/\s+/);
    switch (command) {
      case '':
        return { lines: [], ended: false };
      case '/end':
        return { lines: this.#playOut(), ended: true };
      case '/help':
        return { lines: playHelp, ended: false };
      case '/wait': {
        const ms = durationMs(rest[0] ?? '');
        if (ms === null) return trouble('Write a length of time: /wait 20s');
        return { lines: this.#go(passTime(this.#run, this.#run.now + ms)), ended: false };
      }
      case '/to':
        this.#contact = rest[0] ?? FIRST;
        return { lines: [`(to ${this.#contact})`], ended: false };
      case '/ask':
        if (rest[0] === undefined) return trouble('Name a question: /ask weapons');
        return this.#deed({ kind: 'ask', values: [rest[0]], words: '', by: 'keys' }, at);
      case '/do':
        return this.#act(rest, at);
      default:
        return command.startsWith('/')
          ? trouble(`${command} is not known. /help lists what is.`)
          : this.#deed({ kind: 'say', values: [], words: text.trim(), by: 'keys' }, at);
    }
  }

  recording(): Recording {
    return recordingOf(this.#run);
  }

  #act([kind, ...rest]: readonly string[], at: number): Shown {
    const known = allDeeds.find((each) => each === kind);
    if (known === undefined) return trouble(`${kind ?? 'Nothing'} is not a deed: ${allDeeds.join(', ')}`);
    const [codes = '', ...words] = rest.join(' ').split('|');
    const values = codes.split(/\s+/).filter((code) => code !== '');
    return this.#deed({ kind: known, values, words: words.join('|').trim(), by: 'keys' }, at);
  }

  #deed(deed: Deed, at: number): Shown {
    const told = this.#go(hear(this.#run, { contact: this.#contact, deed, at }));
    const meant = this.#run.entries.at(-1);
    const meanings = meant?.kind === 'deed' ? meant.meanings : [];
    return { lines: [...told, ...understood(deed.kind, meanings)], ended: false };
  }

  #playOut(): readonly string[] {
    const lines: string[] = [];
    for (let at = nextAt(this.#run); at !== null; at = nextAt(this.#run))
      lines.push(...this.#go(passTime(this.#run, at)));
    return lines;
  }

  #go({ run, told }: Went<ScenarioStep>): readonly string[] {
    this.#run = run;
    return told.map((one) => `${clockOf(one.at)}  ${one.contact}: ${sentenceOf(one)}`);
  }
}

const trouble = (line: string): Shown => ({ lines: [line], ended: false });

const understood = (kind: DeedKind, meanings: readonly string[]): readonly string[] => {
  if (kind !== 'say' && kind !== 'reply' && kind !== 'ask') return [];
  return [`      (${meanings.length === 0 ? 'not understood' : `understood: ${meanings.join(', ')}`})`];
};

/** `2:05`, minutes and seconds since the start. */
export const clockOf = (ms: number): string => {
  const seconds = Math.floor(ms / SECOND);
  return `${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}`;
};

function sentenceOf(told: Told<ScenarioStep>): string {
  switch (told.kind) {
    case 'line':
      return [told.line.sound === null ? '' : `[${told.line.sound}]`, told.line.text]
        .filter((part) => part !== '')
        .join(' ');
    case 'gone':
      return `[${told.how}]`;
    default:
      return stepSentence(told.step);
  }
}

function stepSentence({ contact, location, message, line, call, start }: ScenarioStep): string {
  if (contact !== undefined) return `${contact.channel} – ${contact.title}. ${contact.account}`;
  if (location !== undefined)
    return `[location by ${location.method}${location.radiusMetres === null ? '' : `, within ${location.radiusMetres} m`}]`;
  if (message !== undefined) return `${message.from === 'assistant' ? '(assistant) ' : ''}${message.text}`;
  if (line !== undefined) return `[line: ${line.state}]`;
  if (call !== undefined)
    return `[call: ${call.event}]${call.operatorHeard === undefined ? '' : ` ${call.operatorHeard}`}`;
  return `[${start ?? ''} begins]`;
}
