import { TRAINING_PIN } from '../../shared/contract/realm.ts';
import { asHandlerId } from '../../shared/domain/ids.ts';
import type { SessionOptions } from '../../main/workstation/session.ts';

/**
 * The one account of the training world (rule TS-05). Its PIN is no secret and opens nothing else: whoever locks the desk reads it on the page.
 * A live number or PIN is never typed here. Emergencies are what is practised, so the role is a handler's.
 */
export const trainingAccount: SessionOptions['demo'][number] = {
  person: { handler: asHandlerId('9999'), name: 'Training', role: 'handler' },
  pin: TRAINING_PIN,
};
