import { Refusal } from '../steps/report.mjs';

/** All are to end: nobody waits for anything any more. */
export class Stopped extends Refusal {}

/**
 * Starts a program that says in one line of JSON that it serves, and waits for that line; everything else on its stdout is log. Throws a
 * `Refusal` with the reason when the line does not come within `withinMs` or the program ends before, `Stopped` when all are to end.
 */
export async function startUntilReady(children, { withinMs, onGone, ...program }) {
  const ready = new Promise((done, fail) => {
    const timer = setTimeout(
      () =>
        fail(new Refusal(`${program.name} did not serve within ${withinMs / 1000} s. See ${program.log}.`)),
      withinMs,
    );
    let serves = false;
    children.start({
      ...program,
      onLine(line) {
        if (!line.startsWith('{"ready":true')) return false;
        clearTimeout(timer);
        serves = true;
        done(JSON.parse(line));
        return true;
      },
      // Before it serves its end is the answer here; afterwards it is news.
      onGone:
        onGone &&
        ((why) => {
          clearTimeout(timer);
          if (serves) onGone(why);
          else fail(new Refusal(why));
        }),
    });
    void children.wanted.then((why) => {
      clearTimeout(timer);
      fail(new Stopped(why ?? 'Stopped.'));
    });
  });
  return ready;
}
