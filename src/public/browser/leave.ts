/**
 * Leaving in a hurry. Without this the red button is a plain link to /leave, which does the same but for what this device holds.
 * The order matters: off the screen first, then gone; telling us must not hold it up.
 */
const link = document.querySelector<HTMLAnchorElement>('#leave');

function leave(): void {
  // Who leaves while a chat is only beginning is known by its form alone.
  const token = document.querySelector<HTMLInputElement>('input[name="token"]')?.value ?? '';
  const exit = link?.dataset['exit'] ?? 'https://www.google.com/';
  document.documentElement.hidden = true;
  document.title = '';
  document.body.replaceChildren();
  try {
    navigator.sendBeacon('/leave', new URLSearchParams({ token }));
  } catch {
    // Going away matters more.
  }
  for (const kept of ['sessionStorage', 'localStorage'] as const) {
    try {
      window[kept].clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
  // This page's place in the history is the neutral page's from now on.
  history.replaceState(null, '', '/');
  location.replace(exit);
}

link?.addEventListener('click', (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener(
  'keydown',
  (event) => {
    // While signs of another writing are put together, Escape ends that.
    if (event.key === 'Escape' && !event.isComposing) leave();
  },
  true,
);
