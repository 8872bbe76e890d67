import { useCell } from '../../app/cell.ts';
import { later } from '../../app/later.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './tabs.module.css';

/** None is there with the first painting; fetched right after it. */
export const Tab = later(async () => (await import('./tab.tsx')).Tab);

/** The contacts in hand. Nine of them fit at any width: what a tab cannot show is in its title. */
export function Tabs() {
  const workplace = useWorkplace();
  const tabs = useCell(workplace.tabs);
  const active = useCell(workplace.active);
  return (
    <div className={styles.tabs} role="tablist" aria-label="Contacts in hand">
      {tabs.map((id, at) => (
        <Tab.Shown key={id} id={id} at={at} active={id === active} />
      ))}
    </div>
  );
}
