import { useLayoutEffect, useRef } from 'react';
import { REASON_LIMIT, type Act } from '../../../shared/domain/command.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { ReasonedStrip } from '../../app/strip.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';

/** Asks for the reason of an act, in place: the contact above it stays readable. */
export function ReasonStrip() {
  const strip = useCell(useWorkplace().strip);
  return strip === null || strip.kind === 'which-major' ? null : (
    <OpenStrip key={`${strip.contact} ${strip.kind}`} strip={strip} />
  );
}

function OpenStrip({ strip }: { readonly strip: ReasonedStrip }) {
  const workplace = useWorkplace();
  const { strip: cell, law, acts, reasons } = workplace;
  const field = useRef<HTMLInputElement | null>(null);

  // Opening the strip is the handler's own act, and this runs in its task.
  useLayoutEffect(() => {
    law.focus(field.current);
    // Enter sends what the program offers as it stands, and the first letter takes its place.
    if (reasons.isProposal(strip.contact, strip.kind)) field.current?.select();
  }, [law, reasons, strip.contact, strip.kind]);

  const words = reasons.of(strip.contact, strip.kind);
  const reason = useCell(words);
  const leave = () => {
    cell.set(null);
    workplace.returnToWork();
  };
  return (
    <div data-focus="strip">
      <ReasonForm
        title={titleOf(strip)}
        {...(strip.kind === 'check-exit' && { label: 'How (they see none of it)', act: 'Keep' })}
        limit={REASON_LIMIT}
        ready
        fieldRef={(element) => {
          field.current = element;
        }}
        reason={reason}
        onReason={(next) => words.set(next)}
        onLeave={leave}
        onSend={(sent) => {
          const ticket = law.ticket();
          void acts.submit(strip.contact, actOf(strip, sent)).then((answer) => {
            if (answer.kind !== 'kept') return;
            reasons.sent(strip.contact, strip.kind, sent);
            workplace.say(`${titleOf(strip)}: kept here.`, 'plain');
            if (cell.read() !== strip) return;
            cell.set(null);
            law.answer(ticket, () => workplace.returnToWork());
          });
        }}
      />
    </div>
  );
}

function titleOf(strip: ReasonedStrip): string {
  switch (strip.kind) {
    case 'part':
      return `Part from ${strip.other}`;
    case 'promote':
      return 'Promote to emergency';
    case 'demote':
      return 'Not an emergency any more';
    case 'free':
      return 'Offer to everybody again';
    case 'reopen':
      return 'Reopen';
    case 'check-exit':
      return 'Checked on them';
    case 'promise-call-back':
      return 'Call-back promised: safe number, when, what about';
    default:
      return unreachable(strip);
  }
}

/** The act the strip stands for. */
function actOf(strip: ReasonedStrip, reason: string): Act {
  switch (strip.kind) {
    case 'part':
      return { kind: 'part', link: strip.link, reason };
    case 'check-exit':
    case 'promise-call-back':
      return { kind: strip.kind, words: reason };
    default:
      return { kind: strip.kind, reason };
  }
}
