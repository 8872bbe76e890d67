/** Answers on this device: only while the person says so, and gone once the report is sent (rule WP-06). */
const keyOf = (kind: string): string => `report-${kind}`;

function held<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    // Storage is full or forbidden: nothing is kept, and the form goes on without.
    return null;
  }
}

const keeping = document.querySelector<HTMLElement>('#keeping');
if (keeping !== null) {
  const { kind = '', keep, saved = '' } = keeping.dataset;
  if (keep === 'yes') held(() => localStorage.setItem(keyOf(kind), saved));
  else held(() => localStorage.removeItem(keyOf(kind)));
}

const sent = document.querySelector<HTMLElement>('#sent');
if (sent !== null) held(() => localStorage.removeItem(keyOf(sent.dataset['kind'] ?? '')));

const saved = document.querySelector<HTMLElement>('#saved');
if (saved !== null) {
  const key = keyOf(saved.dataset['kind'] ?? '');
  const text = held(() => localStorage.getItem(key));
  const field = saved.querySelector<HTMLInputElement>('input[name=saved]');
  if (text !== null && field !== null) {
    field.value = text;
    saved.hidden = false;
  }
  document.querySelector('#delete-saved')?.addEventListener('click', () => {
    held(() => localStorage.removeItem(key));
    saved.hidden = true;
  });
}
