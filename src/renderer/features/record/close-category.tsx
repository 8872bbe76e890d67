import { CloseField, type ClosePart } from './close-field.tsx';
import styles from './close-sheet.module.css';
import { Typeahead } from './typeahead.tsx';

/** What it was, as it was found (rules ). */
export function CloseCategory({ form, missing, categories, change, goOn }: ClosePart) {
  const { category, categoryTyped } = form;
  return (
    <CloseField field="category" label="Category" missing={missing} hint={categories.trouble}>
      {(below) => (
        <Typeahead
          label="Closing category"
          list="over"
          showCodes
          placeholder={category === null ? 'Two or three letters: abn, dom, rtc' : categories.words(category)}
          hasChosen={category !== null}
          typed={categoryTyped}
          found={categories.find(categoryTyped, 'closing')}
          describedBy={below}
          onType={(typed) => change({ categoryTyped: typed, category: null })}
          onChoose={({ code }) => {
            change({ category: code, categoryTyped: '' });
            goOn('category');
          }}
          onEnter={() => goOn('category')}
          onBackspace={() => change({ category: null })}
        />
      )}
    </CloseField>
  );
}

/** What else is true of it, as many as there are. */
export function CloseQualifiers({ form, missing, categories, change, goOn }: ClosePart) {
  const { qualifiers, qualifierTyped } = form;
  const nameOf = (code: string): string =>
    categories.policy?.qualifiers.find((each) => each.code === code)?.name ?? code;
  const without = (code: string) => change({ qualifiers: qualifiers.filter((each) => each !== code) });
  return (
    <CloseField
      field="qualifiers"
      label="Qualifiers"
      missing={missing}
      hint={qualifiers.length === 0 ? 'If any are true.' : 'Backspace takes the last one out.'}
    >
      {(below) => (
        <div className={styles.chips}>
          {qualifiers.map((code) => (
            <button
              key={code}
              type="button"
              className={styles.chip}
              aria-label={`Take out ${nameOf(code)}`}
              onClick={() => without(code)}
            >
              {nameOf(code)} <span aria-hidden>×</span>
            </button>
          ))}
          <Typeahead
            label="Qualifier"
            list="over"
            showCodes={false}
            placeholder="alc, dom, mental …"
            typed={qualifierTyped}
            found={categories.findQualifiers(qualifierTyped).filter(({ code }) => !qualifiers.includes(code))}
            describedBy={below}
            onType={(typed) => change({ qualifierTyped: typed })}
            onChoose={({ code }) => change({ qualifiers: [...qualifiers, code], qualifierTyped: '' })}
            onEnter={() => goOn('qualifiers')}
            onBackspace={() => change({ qualifiers: qualifiers.slice(0, -1) })}
          />
        </div>
      )}
    </CloseField>
  );
}
