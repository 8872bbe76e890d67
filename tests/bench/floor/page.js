// One static row. `j` selects it, and an emergency takes its place: nothing is looked up, ordered or compared.

const grid = document.querySelector('[role="grid"]');

function show({ id, title }) {
  const row = document.createElement('div');
  row.setAttribute('role', 'row');
  row.setAttribute('aria-selected', 'false');
  row.dataset.contactId = id;
  row.textContent = title;
  grid.replaceChildren(row);
}

window.workstation.subscribe('inbox.changed', ({ upserts }) => {
  const emergency = upserts.find(({ summary }) => summary.band === 'A');
  if (emergency !== undefined) show(emergency.summary);
});
const line = document.querySelector('[data-letter]');
window.addEventListener('keydown', (event) => {
  if (event.key === 'j') grid.firstElementChild?.setAttribute('aria-selected', 'true');
  else if (event.key === '1' || event.key === '2') line.firstChild.nodeValue = `picked ${event.key}`;
});
const { rows } = await window.workstation.request('inbox.read', { after: null, limit: 1 });
for (const { summary } of rows) show(summary);
