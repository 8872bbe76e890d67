import { splitWords, type Scope } from '../../app/inbox-scope.ts';
import styles from './inbox.module.css';

/** An empty list says that it is empty, and why. */
export function EmptyList({ scope }: { readonly scope: Scope }) {
  return (
    <p className={styles.empty}>
      {scope.text.trim() !== ''
        ? `Nothing here has “${scope.text.trim()}” in its title, place or reference. Emergencies are never filtered out.`
        : emptyWords(scope)}
    </p>
  );
}

function emptyWords({ split }: Scope): string {
  if (split === 'all') return 'Nothing waiting.';
  if (split === 'mine') return 'You have nothing open. Enter on a contact in All claims it.';
  return `Nothing waiting in ${splitWords[split]}. ] goes to the next view, and All is never empty of what waits.`;
}
