/** What every page does with script: say that there is one, lead to what is wrong, and never come back with what was on it. */
document.documentElement.classList.add('js');

document.querySelector<HTMLElement>('#trouble')?.focus();

window.addEventListener('pageshow', (event) => {
  // Brought back from memory, not from us: what was under way may be over, or left in a hurry.
  if (event.persisted) location.reload();
});
