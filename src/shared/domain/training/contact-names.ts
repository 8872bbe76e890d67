/** What the only contact of a scenario is called, or the first of those that have no name. */
export const FIRST = 'first';

/** What each contact of a timeline is called, in the order in which they arrive: by its name, or by its place among those without one. */
export function contactNames(contacts: readonly { readonly name?: string | undefined }[]): readonly string[] {
  let unnamed = 0;
  return contacts.map(({ name }) => {
    if (name !== undefined) return name;
    unnamed += 1;
    return unnamed === 1 ? FIRST : `contact-${unnamed}`;
  });
}
