import type { Channel } from '../shared/domain/channel.ts';
import type { Everyday, Town } from './everyday-file.ts';
import type { LaterUpdate } from './everyday.ts';
import type { CallTold, HandedCall, HandedContact } from './handed-contact.ts';
import { between, pick, type Random } from '../shared/lib/random.ts';
import { lineOfNumber } from './telephone-line.ts';

/** How often an ordinary line is something else than it seems. Shares. */
const INTERNET_SHARE = 0.25;
const WRONG_ADDRESS_SHARE = 0.2;
/** Of 999 calls without a number. */
const PAYPHONE_SHARE = 0.3;
const NUISANCE_SHARE = 0.01;
/** How often the exchange's operator says something before the caller does. */
const HEARD_SHARE = 0.3;

/** The line of an everyday call, and what the exchange tells of it soon after it rang. */
export function everydayLine(
  everyday: Everyday,
  contact: HandedContact,
  town: Town,
  random: Random,
): { readonly call: HandedCall; readonly later: readonly LaterUpdate[] } {
  const { channel, caller } = contact;
  const known = lineOfNumber(contact);
  const isEmergency = channel.startsWith('999') || channel === 'crash-alert';
  const marks = [...(known.marks ?? []), ...(random() < NUISANCE_SHARE ? (['nuisance-line'] as const) : [])];
  const common = {
    ...(marks.length === 0 ? {} : { marks }),
    // The public hears the menu before it stands in the queue.
    ...(channel === '101-voice'
      ? { waited: { menu: whole(35, 95, random), queue: whole(0, 240, random) } }
      : {}),
  };
  const heard = operatorSays(everyday, channel, random);
  // A telephone without a network of its own still reaches 999, and has no number that can be rung back.
  const isLimited = isEmergency && caller.number === null && known.line !== 'car';
  if (known.line === 'mobile' || (isLimited && random() >= PAYPHONE_SHARE)) {
    const distance = pick(['about 800 m', 'about 1.5 km', 'about 2 km', 'about 3 km'], random);
    const [network, cell] = [pick(everyday.calls.networks, random), `Mast at ${town.name}, ${distance}`];
    const limited = isLimited ? { marks: [...marks, 'limited-service' as const] } : {};
    return { call: { ...common, ...limited, line: 'mobile', network, cell }, later: heard };
  }
  if (known.line === 'unknown')
    return { call: { ...common, line: caller.number === null ? 'payphone' : 'unknown' }, later: heard };
  if (known.line !== 'fixed') return { call: { ...known, ...common }, later: heard };
  const line = channel !== 'partner-line' && random() < INTERNET_SHARE ? 'internet' : 'fixed';
  const subscriber = subscriberOf(contact, town, line, random);
  if (subscriber === null) return { call: { ...known, ...common, line }, later: heard };
  // The exchange of a line in the ground knows at once; an internet line is asked for.
  if (line === 'fixed') return { call: { ...known, ...common, line, subscriber }, later: heard };
  const found: CallTold = { event: 'particulars', subscriber };
  const later = [
    ...heard,
    { afterMs: whole(3_000, 9_000, random), update: { kind: 'call', told: found } as const },
  ];
  return { call: { ...known, ...common, line }, later };
}

/** Who rents the line, and where: of an internet line, sometimes where they lived before. */
function subscriberOf(
  { caller: { name, address } }: HandedContact,
  town: Town,
  line: 'fixed' | 'internet',
  random: Random,
): NonNullable<HandedCall['subscriber']> | null {
  const moved = random() < WRONG_ADDRESS_SHARE && line === 'internet';
  const elsewhere = `${whole(1, 90, random)} Old Orchard Road, ${town.name}`;
  const where = moved ? elsewhere : address;
  return name === null && where === null ? null : { name, address: where };
}

/** The exchange's operator is with the caller before we are, and may say what was heard. */
function operatorSays(everyday: Everyday, channel: Channel, random: Random): readonly LaterUpdate[] {
  // Others have no operator, a relay assistant or an interpreter with them; of a dropped call the account says it.
  if (channel !== '999-voice' && channel !== '999-silent') return [];
  const words = channel === '999-silent' ? everyday.calls.heardNobody : everyday.calls.heard;
  const line = random() < HEARD_SHARE && words.length > 0 ? { operatorHeard: pick(words, random) } : {};
  const told: CallTold = { event: 'operator', state: 'on-line', ...line };
  return [{ afterMs: whole(1_000, 4_000, random), update: { kind: 'call', told } }];
}

const whole = (from: number, to: number, random: Random): number => Math.round(between(from, to, random));
