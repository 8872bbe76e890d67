import type { Act } from '../shared/domain/command.ts';
import { storableText } from './storable-text.ts';

/** An act whose words can be kept whatever was typed or pasted, wherever in it they stand (rule C-10). */
export function storableAct(act: Act): Act {
  return storable(act) as Act;
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [storableText(name), storable(each)]),
  );
}
