import { pinSchema } from '../../shared/contract/sign-in.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import type { AccountChanges } from './account-changes.ts';
import type { AccountsAct, PinSource } from './accounts-options.ts';
import { readPin } from './read-pin.ts';

/** Does one thing with accounts, and says what was done (rule A-12). Rejects with a sentence when it cannot be done. */
export async function runAccountsAct(
  act: AccountsAct,
  changes: AccountChanges,
  io: Parameters<typeof readPin>[1] & { readonly print: (line: string) => void },
): Promise<void> {
  const { print } = io;
  const pinFrom = async (source: PinSource): Promise<{ pin: string; told: string }> => {
    const { pin, isNew } = await readPin(source, io);
    if (!pinSchema.safeParse(pin).success) throw new Error('A PIN is 4 to 12 digits. Nothing was changed.');
    return { pin, told: isNew ? ` Its PIN is ${pin}; it is shown once.` : '' };
  };
  switch (act.kind) {
    case 'list':
      for (const { handler, role, isActive, name } of await changes.list())
        print([handler, role, isActive ? 'open' : 'closed', name].join('\t'));
      return;
    case 'add': {
      const { number, name, role } = act;
      const { pin, told } = await pinFrom(act.pin);
      await changes.add({ number, name: name.trim(), role, pin });
      return print(`Account ${number} was made, as ${role}.${told}`);
    }
    case 'set-pin': {
      const { pin, told } = await pinFrom(act.pin);
      await changes.setPin(act.number, pin);
      return print(`Account ${act.number} has another PIN.${told}`);
    }
    case 'set-role':
      await changes.setRole(act.number, act.role);
      return print(`Account ${act.number} is ${act.role} now.`);
    case 'close':
      await changes.close(act.number);
      return print(`Account ${act.number} is closed; its links end.`);
    default:
      return unreachable(act);
  }
}
