import type { Everyday, EverydayStory } from './everyday-file.ts';
import { everydayLine } from './everyday-line.ts';
import { phoneLocation, tell, tellAgain, tellByAnother, type LaterUpdate, type Told } from './everyday.ts';
import { streamOf, type Stream } from './handed-contact.ts';
import type { Profile } from './profile-file.ts';
import { isCallChannel } from '../shared/domain/channel.ts';
import { between, pick, pickWeighted, randomOf, type Random } from '../shared/lib/random.ts';
import { stepsOf, type Step } from './step.ts';

/** Kinds that are made from an earlier contact; all others have stories of their own. */
export const madeFromEarlier = ['duplicate', 'repeat'] as const;

/** How many stories of a kind rest after they came, so that one does not come twice in a row. At most half of them. */
const RESTING = 12;
/** Earlier contacts that are remembered for those who come again. */
const REMEMBERED = 400;

/** The ordinary mass of a day, one arrival after another. */
export interface Everydays {
  /** What happens when somebody comes by a stream: the contact and what follows about it. */
  arrive(arrival: { readonly stream: Stream; readonly at: number; readonly key: string }): readonly Step[];
}

interface Earlier {
  readonly at: number;
  readonly stream: Stream;
  readonly told: Told;
}

/** Begins without a memory: nobody can come again before somebody came. */
export function createDay(options: {
  readonly seed: number;
  readonly profile: Profile;
  readonly everyday: Everyday;
}): Everydays {
  const { seed, profile, everyday } = options;
  const byKind = storiesByKind(everyday);
  const resting = new Map<string, readonly EverydayStory[]>();
  let earlier: readonly Earlier[] = [];

  function fresh(stream: Stream, kind: string, random: Random): Told {
    const name = `${stream} ${kind}`;
    const stories = byKind.get(name) ?? [];
    const tired = resting.get(name) ?? [];
    const story = pickWeighted(
      stories.filter((one) => !tired.includes(one)),
      ({ weight }) => weight,
      random,
    );
    const rest = Math.min(RESTING, Math.floor(stories.length / 2));
    resting.set(name, rest === 0 ? [] : [...tired, story].slice(-rest));
    return tell(everyday, story, random);
  }

  function toldBy(
    stream: Stream,
    at: number,
    random: Random,
  ): { readonly kind: string; readonly told: Told } {
    const kinds = Object.entries(profile.streams[stream].kinds);
    const [kind] = pickWeighted(kinds, ([, weight]) => weight, random);
    if (kind === 'duplicate' || kind === 'repeat') {
      const isDuplicate = kind === 'duplicate';
      const within = isDuplicate ? profile.othersReportWithin : profile.ringsAgainWithin;
      const fits = earlier.filter(
        (one) =>
          at - one.at <= within &&
          (isDuplicate ? one.told.story.others.length > 0 : one.stream === stream && isSomebody(one.told)),
      );
      if (fits.length > 0) {
        const { told } = pick(fits, random);
        return { kind, told: (isDuplicate ? tellByAnother : tellAgain)(everyday, told, random) };
      }
      const others = kinds.filter(([name]) => !madeFromEarlier.some((made) => made === name));
      const [other] = pickWeighted(others, ([, weight]) => weight, random);
      return { kind: other, told: fresh(stream, other, random) };
    }
    return { kind, told: fresh(stream, kind, random) };
  }

  return {
    arrive({ stream, at, key }) {
      const random = randomOf(seed, key);
      const { kind, told } = toldBy(stream, at, random);
      if (kind !== 'repeat' && kind !== 'duplicate') {
        earlier = [...earlier, { at, stream, told }].slice(-REMEMBERED);
      }
      // A sequence of its own: what is said does not hang on the line by which it is said.
      const line = isCallChannel(told.contact.channel)
        ? everydayLine(everyday, told.contact, told.town, randomOf(seed, key, 'line'))
        : { call: null, later: [] };
      const around = aroundTheCall(profile, stream, told, random);
      const updates = [...told.later, ...line.later, ...around].sort((a, b) => a.afterMs - b.afterMs);
      return stepsOf(
        { id: told.story.id, kind },
        key,
        { at, contact: { ...told.contact, call: line.call } },
        updates.map(({ afterMs, update }) => ({ at: at + afterMs, update })),
      );
    },
  };
}

/** Who can be known again, and can say so in English, as the words for it are. */
const isSomebody = ({ contact: { caller, language } }: Told): boolean =>
  language === null && (caller.number !== null || caller.name !== null);

/** What a network and an exchange add by themselves: a mobile's place, the queue behind the ringing, and a caller who gave up in it. */
function aroundTheCall(profile: Profile, stream: Stream, told: Told, random: Random): readonly LaterUpdate[] {
  const { phoneLocation: place, givingUp } = profile;
  const { channel, caller } = told.contact;
  const isMobile = caller.number?.startsWith('07') === true;
  if (stream === '999' && isMobile && channel !== '999-text') {
    if (random() >= place.share) return [];
    const afterMs = Math.round(between(...place.after, random));
    return [{ afterMs, update: phoneLocation(told.town, place.radiusMetres, random) }];
  }
  if (stream !== '101') return [];
  // Nobody takes it at once on an ordinary day: it waits in the queue of the exchange, and some give up.
  const waits = { afterMs: Math.round(between(...profile.queuesAfter, random)), update: toldOf('queued') };
  if (channel !== '101-voice' || random() >= givingUp.share) return [waits];
  return [waits, { afterMs: Math.round(between(...givingUp.after, random)), update: toldOf('end') }];
}

const toldOf = (event: 'queued' | 'end'): LaterUpdate['update'] => ({ kind: 'call', told: { event } });

/** The stories by `stream kind`. */
export function storiesByKind({ stories }: Everyday): ReadonlyMap<string, readonly EverydayStory[]> {
  const byKind = new Map<string, EverydayStory[]>();
  for (const story of stories) {
    const name = `${streamOf(story.channel)} ${story.kind}`;
    byKind.set(name, [...(byKind.get(name) ?? []), story]);
  }
  return byKind;
}
