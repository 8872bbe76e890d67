/** Something that fits in a line of a report, by the line's name and type; of the Ofcom drama ranges and a postcode that cannot be. */
export function typedIn({ name, type }: { readonly name: string; readonly type: string }): string {
  if (name.endsWith('.date')) return '3';
  if (name.endsWith('.month')) return '2';
  if (name.endsWith('.year')) return '2026';
  if (type === 'tel') return '07700 900123';
  if (type === 'email') return 'ana@example.org';
  return /postcode/.test(name) ? 'SG1 9VO' : 'Larkmere';
}
