import { channelFacts } from '../../../shared/domain/channel.ts';
import { needsPerson, ownerOf, type ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { isTargetNear } from '../../../shared/domain/triage/re-thrive.ts';
import { markOf } from '../../app/marks.ts';
import { toldUnread } from '../../app/told-unread.ts';
import type { Workplace } from '../../app/workplace.ts';
import { Alerts, type Speaker } from './alerts.ts';

/** Watches the work of a window and lets it be heard. Returns what stops it. */
export function listenTo(workplace: Workplace, speaker: Speaker, monotonic: () => number): () => void {
  const { store, session, sound, after } = workplace;
  const alerts = new Alerts({
    speaker,
    monotonic,
    after,
    isOnCall: () => mine(workplace).some(isOnLine),
    quietened: (count) => sound.quietened.set(count),
  });

  /** Painted first: a sound may come a moment later, a row may not. */
  const emergencies = (): void =>
    after(0, () => {
      const isShown = session.door.read() === 'open' || session.door.read() === 'locked';
      const rows = isShown ? store.facts.read().emergencies : [];
      alerts.emergencies(rows.map(({ summary }) => summary.id));
    });

  // Until it has been there once, a link is not lost: a desk that starts has nothing to say of it.
  const isLost = (): boolean => {
    const link = store.desk.read()?.link;
    return link?.kind === 'down' && link.confirmedAt !== null;
  };
  let wasLost = isLost();
  const link = (): void => {
    const isLive = store.desk.read()?.link.kind === 'live';
    if (!wasLost && isLost()) alerts.sound('link-lost');
    if (wasLost && isLive) alerts.sound('link-back');
    if (isLost() || isLive) wasLost = isLost();
  };

  const near = new Set<ContactId>();
  const targets = (): void => {
    const triage = workplace.policies.of('triage').read();
    if (triage.kind !== 'here') return;
    const now = workplace.clock.tick.read();
    const due = mine(workplace).filter((summary) => isTargetNear(triage.value, summary, now));
    const isNew = due.some(({ id }) => !near.has(id));
    near.clear();
    for (const { id } of due) near.add(id);
    if (isNew) alerts.sound('target-near');
  };

  const rung = new Set<ContactId>();
  /** Once for each, however long it stands (rule K-09). */
  const unread = (): void => {
    if (session.door.read() !== 'open') return;
    const late = toldUnread(workplace)?.late.map(({ summary }) => summary.id) ?? [];
    const isNew = late.some((id) => !rung.has(id));
    rung.clear();
    for (const id of late) rung.add(id);
    if (isNew) alerts.sound('high');
  };

  const offers = new Set<string>();
  const offered = (): void => {
    const me = store.desk.read()?.me;
    const mineNow = store.facts.read().offered.flatMap(({ summary: { marks } }) => {
      const { offer } = marks;
      return offer !== undefined && offer.to.desk === me?.desk && offer.to.handler === me.handler
        ? [offer.id]
        : [];
    });
    const isNew = mineNow.some((id) => !offers.has(id));
    offers.clear();
    for (const id of mineNow) offers.add(id);
    if (isNew && session.door.read() === 'open') alerts.sound('target-near');
  };

  const stops = [
    store.facts.subscribe(offered),
    workplace.clock.tick.subscribe(unread),
    sound.make({ sound: (name) => alerts.sound(name), silence: () => alerts.silence() }),
    store.facts.subscribe(emergencies),
    session.door.subscribe(emergencies),
    store.desk.subscribe(link),
    workplace.clock.tick.subscribe(targets),
    store.onInbox((changes) => {
      if (session.door.read() !== 'open') return;
      const isHigh = changes.some(
        ({ arrived, row }) =>
          arrived && row !== null && needsPerson(row.summary) && markOf(row.summary).level === 'high',
      );
      if (isHigh) alerts.sound('high');
    }),
    store.onAnswer(({ status }) => {
      if (status === 'refused') alerts.sound('refused');
    }),
  ];
  emergencies();
  return () => {
    for (const stop of stops) stop();
    alerts.stop();
  };
}

/** The open work of this desk: what a handler has is in a tab. */
function mine({ store, tabs }: Workplace): readonly ContactSummary[] {
  const me = store.desk.read()?.me?.desk;
  return tabs.read().flatMap((id) => {
    const summary = store.rows.get(id)?.summary;
    return summary !== undefined && me !== undefined && ownerOf(summary)?.desk === me ? [summary] : [];
  });
}

/** Somebody speaks. A chat does not. */
const isOnLine = ({ channel, channelState }: ContactSummary): boolean =>
  channel !== 'web-chat' && channelFacts[channel].live && channelState === 'connected';
