import { setTimeout as wait } from 'node:timers/promises';
import { demoAccount } from '../../harness/demo-accounts.ts';
import { DeskClient } from '../../harness/desk-client.ts';

/**
 * Measures an emergency’s way from the intake to a desk’s frame, as a process of its own that does nothing else: it hands emergencies over as
 * the telephony does, and is the desk that is told of them.
 */
export type LookoutOrder =
  | { readonly do: 'connect'; readonly deskUrl: string; readonly intake: string; readonly key: string }
  | { readonly do: 'measure'; readonly seconds: number; readonly perSecond: number };

export type LookoutTold =
  | { readonly kind: 'connected' }
  /** Milliseconds from due to the first frame that names it; `null` for those that never came. */
  | {
      readonly kind: 'measured';
      readonly toFrame: readonly (number | null)[];
      readonly toReceipt: readonly (number | null)[];
    };

/** What has not come this long after the last one never comes. Milliseconds. */
const PATIENCE_MS = 5_000;
/** A desk says that it is there. Milliseconds. */
const BEAT_MS = 4_000;

const now = (): number => performance.now();
const tell = (told: LookoutTold): void => void process.send?.(told);
const seen = new Map<string, number>();
let intake = '';
let key = '';
let count = 0;
let beats = 0;

async function connect(order: Extract<LookoutOrder, { readonly do: 'connect' }>): Promise<void> {
  ({ intake, key } = order);
  const { number, pin } = demoAccount('1002');
  const client = await DeskClient.connect(order.deskUrl, { handler: number, pin });
  // Before the frame is parsed: that is this process’s own time.
  client.socket.prependListener('message', (data: Buffer) => {
    const at = now();
    const title = /Emergency m\d+/.exec(data.toString('latin1'))?.[0];
    if (title !== undefined && !seen.has(title)) seen.set(title, at);
  });
  client.hello();
  await client.first('WELCOME');
  setInterval(() => {
    client.send({ t: 'HB', n: (beats += 1), cursor: null, cmdSeq: 0 });
    // What was looked at is not needed again.
    client.frames.length = 0;
  }, BEAT_MS);
  tell({ kind: 'connected' });
}

async function measure(seconds: number, perSecond: number): Promise<void> {
  const begun = now();
  const shots = Array.from({ length: Math.round(seconds * perSecond) }, (_, n) => ({
    title: `Emergency m${(count += 1)}`,
    due: begun + (n / perSecond) * 1_000,
    receiptAt: Number.NaN,
  }));
  const work = shots.map(async (shot) => {
    await wait(Math.max(0, shot.due - now()));
    const { status } = await fetch(`${intake}/contacts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': `bench-${shot.title}`,
      },
      body: JSON.stringify({ channel: '999-voice', title: shot.title, account: 'A man fell.' }),
    }).then(async (answer) => {
      await answer.text();
      return answer;
    });
    if (status === 201) shot.receiptAt = now();
  });
  await Promise.all(work);
  const last = now();
  while (shots.some(({ title }) => !seen.has(title)) && now() - last < PATIENCE_MS) await wait(20);
  tell({
    kind: 'measured',
    toFrame: shots.map(({ title, due }) => {
      const at = seen.get(title);
      return at === undefined ? null : at - due;
    }),
    toReceipt: shots.map(({ receiptAt, due }) => (Number.isNaN(receiptAt) ? null : receiptAt - due)),
  });
}

process.on('message', (order: LookoutOrder) => {
  if (order.do === 'connect') void connect(order);
  else void measure(order.seconds, order.perSecond);
});
process.on('disconnect', () => process.exit());
