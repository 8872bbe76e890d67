import { splitCount, splits, splitWords } from '../../app/inbox-scope.ts';
import { useCell } from '../../app/cell.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './inbox.module.css';
import { numberWords } from '../../ui/time-words.ts';

/** Views, filter, and the count of what came above. All of it has its space whether there is anything to say or not. */
export function InboxHead({ newAbove }: { readonly newAbove: number }) {
  const workplace = useWorkplace();
  const split = useCell(workplace.split);
  const text = useCell(workplace.filter);
  const facts = useCell(workplace.store.counts);
  const filterSpot = useSpot('filter');
  return (
    <div className={styles.bar}>
      <div className={styles.splits} role="group" aria-label="Views">
        {splits.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === split}
            onClick={() => workplace.split.set(each)}
            className={styles.split}
          >
            {splitWords[each]}
            <Count count={splitCount(each, facts)} />
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.new}
        data-some={newAbove > 0}
        tabIndex={newAbove > 0 ? 0 : -1}
        aria-hidden={newAbove === 0}
        aria-label={`${newAbove} new above`}
        title="Show what is new above"
        onClick={() => workplace.list.showNew()}
      >
        {newAbove} new <span className={styles.newWhere}>above</span> <span>– press</span>{' '}
        <KeyHint>.</KeyHint>
      </button>
      <label className={styles.filter}>
        <span>Filter</span>
        <input
          ref={filterSpot}
          type="text"
          value={text}
          autoComplete="off"
          spellCheck={false}
          aria-label="Filter"
          placeholder="Filter"
          onChange={(event) => workplace.filter.set(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            workplace.list.move('first');
            workplace.goTo('inbox');
          }}
        />
      </label>
    </div>
  );
}

function Count({ count }: { readonly count: number }) {
  return <span className={styles.splitCount}>{numberWords(count)}</span>;
}
