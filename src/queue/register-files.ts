import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYaml } from '../platform/yaml-file.ts';
import { markerRegisterSchema, planListSchema } from '../shared/contract/policy/markers.ts';
import type { Register } from '../shared/domain/assist/on-record.ts';
import type { MarkerKindsPolicy } from '../shared/domain/policy/markers.ts';

/** The files of a register, in one folder. */
const MARKERS = 'markers.yaml';
const PLANS = 'plans.yaml';

/** The demo's own register: of the people on the contact cards, who do not exist. */
export const demoRegister = fileURLToPath(new URL('../../resources/demo', import.meta.url));

/**
 * Reads what the force has on record (rules AS-16, AS-18). Throws an `Error` with one sentence: file, line, field, reason, what to do. A
 * queue that could read only half of it would be silent about somebody in danger, so it does not start.
 */
export function readRegister(folder: string, kinds: MarkerKindsPolicy): Register {
  const { markers } = readYaml(MARKERS, textOf(folder, MARKERS), markerRegisterSchema(kinds)).value;
  const { plans } = readYaml(PLANS, textOf(folder, PLANS), planListSchema).value;
  return { markers, plans };
}

function textOf(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(
      `${name} in ${folder} cannot be read (${code}). Give the folder of the register with --register.`,
      { cause: error },
    );
  }
}
