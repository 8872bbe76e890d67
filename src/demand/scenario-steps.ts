import { isCallChannel } from '../shared/domain/channel.ts';
import { must } from '../shared/lib/assert.ts';
import {
  setFlags,
  streamOf,
  type CallTold,
  type HandedContact,
  type Stream,
  type Update,
} from './handed-contact.ts';
import { lineOfNumber } from './telephone-line.ts';
import { rootsOf, type Scenarios } from '../scenario/scenario-file.ts';
import type { Scenario, ScenarioStep } from '../shared/contract/scenario/scenario.ts';
import { stepsOf, type Step } from './step.ts';

interface Thread {
  readonly key: string;
  readonly at: number;
  readonly contact: HandedContact;
  readonly updates: { readonly at: number; readonly update: Update }[];
}

/**
 * What happens when a scenario is played at an instant, in order of time: its own steps and those of the scenarios that
 * it starts. `key` begins every key.
 */
export function scenarioSteps(
  scenario: Scenario,
  scenarios: Scenarios,
  { at, key }: { readonly at: number; readonly key: string },
): readonly Step[] {
  const threads: Thread[] = [];
  const named = new Map<string, Thread>();
  const started: Step[] = [];
  for (const step of scenario.timeline) {
    if (step.only === 'training') continue;
    const then = at + step.after;
    if (step.contact !== undefined) {
      const { name, state, call, ...contact } = step.contact;
      const thread: Thread = {
        key: `${key}-${threads.length + 1}`,
        at: then,
        contact: {
          ...contact,
          flags: setFlags(contact.flags),
          channelState: state,
          call: isCallChannel(contact.channel) ? { ...lineOfNumber(contact), ...told(call ?? {}) } : null,
        },
        updates: [],
      };
      threads.push(thread);
      if (name !== undefined) named.set(name, thread);
    } else if (step.start === undefined) {
      const { of, update } = updateOf(step);
      const thread = of === undefined ? threads.at(-1) : named.get(of);
      must(thread, `contact of a step of ${scenario.id}`).updates.push({ at: then, update });
    } else {
      const other = must(scenarios.get(step.start), `scenario ${step.start}`);
      started.push(...scenarioSteps(other, scenarios, { at: then, key: `${key}-${other.id}` }));
    }
  }
  const story = { id: scenario.id, kind: 'card' };
  const own = threads.flatMap(({ updates, key: contactKey, ...arrival }) =>
    stepsOf(story, contactKey, arrival, updates),
  );
  return [...own, ...started].sort((a, b) => a.at - b.at);
}

function updateOf(step: ScenarioStep): { readonly of: string | undefined; readonly update: Update } {
  if (step.location !== undefined) {
    const { of, ...location } = step.location;
    return { of, update: { kind: 'location', location } };
  }
  if (step.message !== undefined) {
    const { of, ...message } = step.message;
    return { of, update: { kind: 'message', ...message } };
  }
  if (step.call !== undefined) {
    const { of, ...call } = step.call;
    return { of, update: { kind: 'call', told: callTold(call) } };
  }
  const { of, state } = must(step.line, 'kind of a step');
  return { of, update: { kind: 'line', state } };
}

/** Only what is told: an absent field is not handed over. */
const told = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };

function callTold({ event, state, to, ...line }: Omit<NonNullable<ScenarioStep['call']>, 'of'>): CallTold {
  const fields = told(line);
  if (event === 'operator') return { ...fields, event, state: state ?? 'on-line' };
  return event === 'transfer'
    ? { ...fields, event, to: must(to, 'whom a call goes to') }
    : { ...fields, event };
}

/** How many contacts of each stream the scenarios bring when each is played once. */
export function contactsByStream(scenarios: Scenarios): ReadonlyMap<Stream, number> {
  const counts = new Map<Stream, number>();
  const steps = rootsOf(scenarios).flatMap((root) => scenarioSteps(root, scenarios, { at: 0, key: root.id }));
  for (const step of steps) {
    const stream = step.kind === 'contact' ? streamOf(step.contact.channel) : null;
    if (stream !== null) counts.set(stream, (counts.get(stream) ?? 0) + 1);
  }
  return counts;
}
