import { describe, expect, it } from 'vitest';
import {
  emptyMethane,
  incidentSplits,
  methaneFields,
  METHANE_LIMIT,
  missingOfMethane,
  missingToDeclare,
  refusalOfMethane,
  splitEffects,
} from './major-incident.ts';

describe('a major incident', () => {
  it('T-20: METHANE asks for all seven, and for three of them before it is declared', () => {
    expect(methaneFields.map((field) => field.charAt(0)).join('')).toBe('methane');
    expect(missingOfMethane(emptyMethane)).toEqual([...methaneFields]);
    const begun = {
      ...emptyMethane,
      major: 'Declared by the duty inspector',
      exact: 'A414, Longwater roundabout',
      type: ' ',
    };
    expect(missingToDeclare(begun)).toEqual(['type']);
    expect(missingToDeclare({ ...begun, type: 'Coach overturned' })).toEqual([]);
    expect(missingOfMethane({ ...begun, hazards: 'none' })).not.toContain('hazards');
  });

  it('T-20: a field that is too long is named', () => {
    expect(refusalOfMethane({ ...emptyMethane, access: 'x'.repeat(METHANE_LIMIT + 1) })).toMatchObject({
      field: 'access',
      length: METHANE_LIMIT + 1,
    });
    expect(refusalOfMethane(emptyMethane)).toBeNull();
  });

  it('T-21: somebody who is hurt is an emergency of their own and never closed as one more report', () => {
    expect(splitEffects.hurt).toMatchObject({
      promotes: true,
      grade: 'G1',
      addsFact: true,
      mayCloseAsDuplicate: false,
    });
  });

  it('T-21: only "nothing new" may end as a duplicate; what is new becomes a line of the incident', () => {
    expect(incidentSplits.filter((split) => splitEffects[split].mayCloseAsDuplicate)).toEqual([
      'nothing-new',
    ]);
    expect(incidentSplits.filter((split) => splitEffects[split].addsFact)).toEqual(['something-new', 'hurt']);
    expect(incidentSplits.every((split) => splitEffects[split].links)).toBe(true);
  });
});
