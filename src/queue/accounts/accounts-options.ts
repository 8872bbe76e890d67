import { parseArgs } from 'node:util';
import { realms, type Realm } from '../../shared/contract/realm.ts';
import { roles, type Role } from '../../shared/domain/role.ts';

/** Where a PIN comes from. Never from the command line: other users of the machine can read that. */
export type PinSource =
  | { readonly kind: 'asked' }
  | { readonly kind: 'file'; readonly file: string }
  /** Made at random and shown once. */
  | { readonly kind: 'new' };

export type AccountsAct =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'add';
      readonly number: string;
      readonly name: string;
      readonly role: Role;
      readonly pin: PinSource;
    }
  | { readonly kind: 'set-pin'; readonly number: string; readonly pin: PinSource }
  | { readonly kind: 'set-role'; readonly number: string; readonly role: Role }
  | { readonly kind: 'close'; readonly number: string };

export interface AccountsOptions {
  readonly act: AccountsAct;
  readonly dataDir: string;
  /** Needed only for a database in which there is nothing yet. */
  readonly realm: Realm | null;
}

export const accountsUsage = `usage: npm run queue -- accounts list
       npm run queue -- accounts add --number N --name "NAME" --role handler|trainee|mentor|team-leader [PIN]
       npm run queue -- accounts set-pin --number N [PIN]
       npm run queue -- accounts set-role --number N --role ROLE
       npm run queue -- accounts close --number N
  [PIN]         nothing: asked for, and not shown; --pin-file FILE: its first line; --new-pin: made and shown once
  --data DIR    the queue's data (.local/queue)
  --realm R     live, demo or training: only for a database that no queue has opened yet
DATABASE_URL names a PostgreSQL to use in place of the queue's own. Works while the queue runs; a change reaches every
desk within half a second, and is in the audit.`;

/** Reads the command line behind `accounts`. Throws an `Error` with one sentence when it cannot be followed. */
export function readAccountsOptions(args: readonly string[]): AccountsOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: {
      number: text,
      name: text,
      role: text,
      'pin-file': text,
      'new-pin': { type: 'boolean', default: false },
      data: { type: 'string', default: '.local/queue' },
      realm: text,
    },
  });
  const [kind, ...others] = positionals;
  if (others.length > 0) throw new Error(`There is one thing to do at a time, not ${positionals.length}.`);
  const realm = values.realm === undefined ? null : realms.find((known) => known === values.realm);
  if (realm === undefined) throw new Error('--realm must be live, demo or training.');
  if (values.data === '') throw new Error('--data must not be empty.');
  return { act: actOf(kind, values), dataDir: values.data, realm };
}

interface Values {
  readonly number?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly 'pin-file'?: string | undefined;
  readonly 'new-pin': boolean;
}

function actOf(kind: string | undefined, values: Values): AccountsAct {
  switch (kind) {
    case 'list':
      return { kind };
    case 'add':
      return {
        kind,
        number: numberOf(values),
        name: nameOf(values),
        role: roleOf(values),
        pin: pinOf(values),
      };
    case 'set-pin':
      return { kind, number: numberOf(values), pin: pinOf(values) };
    case 'set-role':
      return { kind, number: numberOf(values), role: roleOf(values) };
    case 'close':
      return { kind, number: numberOf(values) };
    default:
      throw new Error('accounts wants one of: list, add, set-pin, set-role, close.');
  }
}

function numberOf({ number }: Values): string {
  if (number === undefined || !/^[0-9A-Za-z-]{1,32}$/.test(number))
    throw new Error('--number must be a handler’s number: 1 to 32 letters, digits or hyphens.');
  return number;
}

function nameOf({ name }: Values): string {
  if (name === undefined || name.trim() === '' || name.length > 80)
    throw new Error('--name must be a name of at most 80 characters.');
  return name;
}

function roleOf({ role }: Values): Role {
  const found = roles.find((known) => known === role);
  if (found === undefined) throw new Error(`--role must be one of: ${roles.join(', ')}.`);
  return found;
}

function pinOf(values: Values): PinSource {
  const file = values['pin-file'];
  if (values['new-pin'] && file !== undefined)
    throw new Error('--new-pin and --pin-file contradict each other.');
  if (file !== undefined) return { kind: 'file', file };
  return { kind: values['new-pin'] ? 'new' : 'asked' };
}
