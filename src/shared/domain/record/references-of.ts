import type { Contact } from '../contact.ts';

/** What of a contact somebody may call it by. */
export type Named = Pick<Contact, 'ref' | 'provisionalRef' | 'incident' | 'crime'>;

/** Every reference by which a contact may be asked for, as it is stored, each once (rule R-22). */
export function referencesOf({ ref, provisionalRef, incident, crime }: Named): readonly string[] {
  const all = [
    ref,
    provisionalRef,
    incident?.ref,
    incident?.provisionalRef,
    crime?.ref,
    crime?.provisionalRef,
  ];
  return [...new Set(all.filter((one): one is string => typeof one === 'string' && one !== ''))];
}
