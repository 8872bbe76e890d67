import {
  LineCounter,
  visit,
  type Alias,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  stringify,
  type Document,
  type Node,
} from 'yaml';
import type { z } from 'zod';

/** Where in a file something stands: the steps from the top, such as `timeline`, 2, `after`. */
export type FieldPath = readonly (string | number)[];

/** A file that people write is not larger. Characters; bytes where it is not read yet. */
export const SIZE_LIMIT = 2_000_000;

/** What a file says, and how to say where it says something wrong. */
export interface YamlContent<T> {
  readonly file: string;
  readonly value: T;
  /** As it stands in the file, before the form read it. */
  readonly raw: unknown;
  /** One sentence about a field: file, line, column, field, reason, what to do. */
  complain(path: FieldPath, reason: string, whatToDo: string): Error;
}

/**
 * Reads a YAML file of a form. `file` is how it is called in sentences. Throws an `Error` with one sentence: file, line,
 * column, field, reason, what to do; nothing of such a file is used.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>): YamlContent<T> {
  if (text.length > SIZE_LIMIT) {
    const reason = `the file is larger than ${SIZE_LIMIT / 1_000_000} MB`;
    throw new Error(`${file}, line 1, column 1: ${reason}. Make several of it.`);
  }
  const lines = new LineCounter();
  const document = parsed(file, text, lines);
  const sentence = (offset: number, what: string, whatToDo: string): Error => {
    const { line, col } = lines.linePos(offset);
    return new Error(`${file}, line ${line}, column ${col}: ${what}. ${whatToDo}`);
  };
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) {
    const reason = broken.message.replace(/\s+/g, ' ').replace(/\.$/, '');
    throw sentence(broken.pos[0], `this is not YAML: ${reason}`, 'Correct the line and start again.');
  }
  const alias = firstAlias(document);
  if (alias !== null) {
    const reason = `*${alias.source} repeats another place of the file`;
    throw sentence(alias.range?.[0] ?? 0, reason, 'Write it out: nothing is read by reference.');
  }
  const complain = (path: FieldPath, reason: string, whatToDo: string): Error =>
    sentence(offsetOf(document, path), `${fieldName(path)} ${reason}`, whatToDo);
  const raw: unknown = document.toJS() ?? {};
  const result = schema.safeParse(raw);
  if (!result.success) {
    const { path, reason, whatToDo } = complaintOf(result.error);
    throw complain(path, reason, whatToDo);
  }
  return { file, value: result.data, raw, complain };
}

/** Parsed as far as it goes. Brackets within brackets without end are no file that a person wrote. */
function parsed(file: string, text: string, lines: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error(
      `${file}, line 1, column 1: it is nested too deep to be read. Correct it and start again.`,
      {
        cause: error,
      },
    );
  }
}

/** A place that stands for another one: ten of them within each other are a file of any size. */
function firstAlias(document: Document.Parsed): Alias | null {
  let first: Alias | null = null;
  visit(document, {
    Alias: (_key, alias) => {
      first = alias;
      return visit.BREAK;
    },
  });
  return first;
}

/** `timeline[2].after`, as a person would point at it. */
function fieldName(path: FieldPath): string {
  if (path.length === 0) return 'the file';
  return path
    .map((step, n) => (typeof step === 'number' ? `[${step + 1}]` : n === 0 ? step : `.${step}`))
    .join('');
}

/** Where the field begins; for one that is missing, where that begins in which it is missing. */
function offsetOf(document: Document.Parsed, path: FieldPath): number {
  let place = startOf(document.contents);
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return place;
      place = isNode(pair.key) ? startOf(pair.key) : place;
      node = pair.value;
    } else {
      node = childOf(node, step);
      if (!isNode(node)) return place;
      place = startOf(node);
    }
  }
  return place;
}

const startOf = (node: Node | null): number => node?.range?.[0] ?? 0;
const childOf = (node: unknown, step: string | number): unknown =>
  isNode(node) && 'items' in node ? (node.items as readonly unknown[])[Number(step)] : undefined;

interface Complaint {
  readonly path: FieldPath;
  readonly reason: string;
  readonly whatToDo: string;
}

/** What too little and too much of something is called; a number is less or more. */
const amount: Readonly<Record<string, readonly [tooLittle: string, tooMuch: string]>> = {
  string: ['has fewer characters than', 'has more characters than'],
  array: ['has fewer entries than', 'has more entries than'],
};

/** The first thing that is wrong, in words. A field nobody knows comes before what is missing: it may be that one, misspelt. */
function complaintOf(error: z.ZodError): Complaint {
  const issues = error.issues;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined)
    return { path: [], reason: 'cannot be used', whatToDo: 'Correct it and start again.' };
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const correct = 'Correct it and start again.';
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        path: [...path, issue.keys[0] ?? ''],
        reason: 'is not a field that is known here',
        whatToDo: 'Correct its name or take it out, and start again.',
      };
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? { path, reason: 'is missing', whatToDo: 'Add it and start again.' }
        : {
            path,
            reason: `is not ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`,
            whatToDo: correct,
          };
    case 'invalid_value':
      return {
        path,
        reason: `is none of: ${issue.values.map(String).join(', ')}`,
        whatToDo: 'Write one of these and start again.',
      };
    case 'too_big':
      return {
        path,
        reason: `${amount[issue.origin]?.[1] ?? 'is more than'} ${issue.maximum}`,
        whatToDo: correct,
      };
    case 'too_small':
      return {
        path,
        reason: `${amount[issue.origin]?.[0] ?? 'is less than'} ${issue.minimum}`,
        whatToDo: correct,
      };
    default:
      return { path, reason: issue.message, whatToDo: correct };
  }
}

/** A value as YAML, for a file that people read too: nothing is said by reference to another place of it. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 150, aliasDuplicateObjects: false });
}
