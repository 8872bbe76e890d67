import accounts from '../../../resources/demo/accounts.json' with { type: 'json' };
import { z } from 'zod';
import type { Realm } from '../../shared/contract/realm.ts';
import { handlerIdSchema } from '../../shared/contract/basic-schemas.ts';
import { roles } from '../../shared/domain/role.ts';
import type { SessionOptions } from './session.ts';

const fileSchema = z.array(
  z.object({ number: handlerIdSchema, name: z.string(), role: z.enum(roles), pin: z.string() }),
);

/** The accounts that the demonstration's window offers to type in. In any other realm there are none (rule A-12). */
export function demoAccounts(realm: Realm): SessionOptions['demo'] {
  if (realm !== 'demo') return [];
  return fileSchema
    .parse(accounts)
    .map(({ number, name, role, pin }) => ({ person: { handler: number, name, role }, pin }));
}
