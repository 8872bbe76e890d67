import type { Admitted } from './admission.ts';

/** What stands before a row’s title where it came with a flood (rule WP-64): for a handler, and nothing that the person wrote. */
export function crowdWords({ of, same }: Extract<Admitted, { readonly kind: 'taken' }>): string | null {
  const said = [
    of === null ? null : `One of ${of} from one network within minutes`,
    same === null ? null : `These words ${same} times within minutes`,
  ].filter((part) => part !== null);
  return said.length === 0 ? null : `${said.join(', ')}: `;
}
