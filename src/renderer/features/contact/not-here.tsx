import { useEffect, useState } from 'react';
import type { AskedContacts } from '../../../shared/contract/workstation.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useWorkplace } from '../../app/workplace-context.ts';

/** What came of asking the queue, where it has not brought the contact. */
const words: Readonly<Record<Exclude<AskedContacts['kind'], 'found'>, string>> = {
  'not-there': 'Neither this desk nor the queue has this contact.',
  'not-yours': 'This is an emergency that ended long ago, which your role does not look up: ask your mentor.',
  'too-many': 'This desk has looked up much within a minute. Wait, then open it again.',
  away: 'This contact is not on this desk, and the queue cannot be asked now. Its details come when the link is back and you open it again.',
  'not-kept': 'The queue has this contact, but this desk’s disk has not taken it.',
};

/** A contact that this desk does not hold, opened or looked at: it is asked for once, and is here or is said not to be (rule L-24). */
export function NotHere({
  id,
  className,
}: {
  readonly id: ContactId;
  readonly className: string | undefined;
}) {
  const { bridge, readings } = useWorkplace();
  const [said, setSaid] = useState<AskedContacts['kind'] | null>(null);
  useEffect(() => {
    let isShown = true;
    bridge.request('contact.ask', { kind: 'contact', contact: id }).then(
      ({ kind }) => {
        if (!isShown) return;
        if (kind === 'found') readings.refresh([id]);
        else setSaid(kind);
      },
      () => {
        if (isShown) setSaid('away');
      },
    );
    return () => {
      isShown = false;
    };
  }, [bridge, readings, id]);
  return (
    <p className={className} role="status">
      {said === null || said === 'found' ? 'Not on this desk. Asking the queue for it…' : words[said]}
    </p>
  );
}
