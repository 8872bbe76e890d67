import type { SentWay } from '../../shared/domain/outbound/reach.ts';
import type { Sending, SendingFault } from '../../shared/domain/outbound/sending.ts';

const wayWords: Readonly<Record<SentWay, string>> = { 'e-mail': 'e-mail', text: 'text' };

const faultWords: Readonly<Record<SendingFault, string>> = {
  'not-set-up': 'nobody is set up here who would carry it',
  refused: 'the address or number was refused',
  'gave-up': 'nobody took it for eight hours',
  'left-by-exit': 'they left by the safety exit before it went',
  'other-way': 'they chose another way before it went',
};

/** How far a message has come (rule MX-07). */
export function sendingWords({ way, carried }: Pick<Sending, 'way' | 'carried'>): string {
  const name = wayWords[way];
  if (carried === null) return `the ${name} is on its way`;
  const { fault, detail } = carried;
  if (fault === null) return `the ${name} has left the house`;
  const said = detail === '' ? '' : ` (${detail})`;
  return `the ${name} could not be delivered: ${faultWords[fault]}${said}. Tell them another way.`;
}
