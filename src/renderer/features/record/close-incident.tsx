import { CloseField, type ClosePart } from './close-field.tsx';
import { TextLine } from './text-line.tsx';

/** Why something urgent ended without an incident (rule R-14). Below all others, so that nothing moves where it is not asked. */
export function CloseIncident({ form, missing, asked, change, goOn }: ClosePart) {
  if (asked === null || !asked.has('incident')) return null;
  return (
    <CloseField field="incident" label="Incident" missing={missing}>
      {(below) => (
        <TextLine
          label="Why no incident was needed"
          isFirst
          value={form.withoutIncident}
          describedBy={below}
          onChange={(withoutIncident) => change({ withoutIncident })}
          onEnter={() => goOn('incident')}
        />
      )}
    </CloseField>
  );
}
