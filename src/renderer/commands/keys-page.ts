import { groups, type Command, type Where } from './command.ts';
import { keyWords } from './strokes.ts';

const whereWords: Readonly<Record<Where, string>> = {
  anywhere: 'anywhere, also while typing',
  inbox: 'inbox',
  work: 'contact',
  composer: 'note',
  chat: 'line to the public',
  sheet: 'sheet',
  form: 'new contact',
  missed: 'report of what was missed',
  outbox: 'kept here',
};

/** The keys of a command as help and page show them. */
export function shownKeys({ keys, shownAs, begins }: Command): readonly string[] {
  if (shownAs !== undefined) return shownAs === '' ? [] : [shownAs];
  return [...(begins === undefined ? [] : [`${keyWords(begins)} …`]), ...keys.map(keyWords)];
}

/** The text of docs/keys.md, written from the registry. `UPDATE_KEYS=1` rewrites the page when its test runs. */
export function keysPage(commands: readonly Command[]): string {
  const sections = groups.map((group) => {
    const lines = commands
      .filter((command) => command.group === group && shownKeys(command).length > 0)
      .map((command) => {
        const written = shownKeys(command).map((key) => `\`${key}\``);
        return `| ${written.join(' or ')} | ${command.title} | ${command.where.map((each) => whereWords[each]).join(', ')} |`;
      });
    return [`## ${group}`, '', '| key | what it does | where |', '|---|---|---|', ...lines].join('\n');
  });
  const head = [
    '# Keys',
    '',
    'Written from the command registry by `src/renderer/commands/keys-page.ts`; a test compares the two. To write it again:',
    '`UPDATE_KEYS=1 npx vitest run --project renderer src/renderer/commands`.',
    '',
    'Letters are commands only in the inbox and on a contact, never in a field, and never in a sheet over the record, which',
    'has letters of its own. They can be switched off; everything is then on `Ctrl+K` and the function keys.',
  ].join('\n');
  return `${[head, ...sections].join('\n\n')}\n`;
}
