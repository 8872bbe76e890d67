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
// A page of as many boxes as THRIVE has, each with a few letters; one of them is the line whose words a key changes.
let page = null;
function showBoxes() {
  page = document.createElement('section');
  const count = Number(document.documentElement.dataset.boxes) - 1;
  for (let at = 0; at < count; at += 1) {
    const box = document.createElement('p');
    box.textContent = `box ${at}`;
    page.append(box);
  }
  page.firstElementChild.dataset.letter = 'threat';
  document.body.append(page);
}
window.addEventListener('keydown', (event) => {
  if (event.key === 'j') grid.firstElementChild?.setAttribute('aria-selected', 'true');
  else if (event.key === 'F2') showBoxes();
  else if (event.key === 'Escape') page?.remove();
  else if (event.key === '1' || event.key === '2')
    page.firstElementChild.firstChild.nodeValue = `picked ${event.key}`;
});
const { rows } = await window.workstation.request('inbox.read', { after: null, limit: 1 });
for (const { summary } of rows) show(summary);
