import { z } from 'zod';
import { instant, place } from '../body-fields.ts';
import { contactBodySchema } from '../contact-body.ts';
import { telephonyEventSchema } from '../telephony/telephony-event.ts';
import { textBodySchema } from '../text-body.ts';
import { updateBodySchema } from '../update-body.ts';

/** Where the description keeps what it names. */
const componentUri = (name: string): string => `#/components/schemas/${name}`;

/**
 * What the intake reads, as JSON Schema: written from the very parsers, so that the description cannot tell of a field that the door does
 * not know. What a parser checks beyond the form (bytes, control characters, a language's tag) is told in words.
 */
export function bodyComponents(): Readonly<Record<string, object>> {
  const named = z.registry<{ readonly id: string }>();
  named.add(contactBodySchema, { id: 'Contact' });
  named.add(updateBodySchema, { id: 'Update' });
  named.add(textBodySchema, { id: 'Text' });
  named.add(telephonyEventSchema, { id: 'TelephonyEvent' });
  named.add(instant, { id: 'Instant' });
  named.add(place, { id: 'Location' });
  const { schemas } = z.toJSONSchema(named, {
    io: 'input',
    target: 'draft-2020-12',
    uri: componentUri,
    override: ({ jsonSchema }) => {
      // The format says it; the pattern counts leap years over three lines.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, asPart(schema)]));
}

/** A schema inside a document: what it says of itself as a document of its own falls away. */
function asPart(schema: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(schema).filter(([word]) => word !== '$schema' && word !== '$id'));
}
