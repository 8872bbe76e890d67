import type { CallMark, HandOver, LineType } from '../../shared/domain/call.ts';

/** Where a call stands, as the person at the desk would say it (rule TE-02). */
export const handOverWords: Readonly<Record<HandOver, string>> = {
  offered: 'Ringing here',
  queued: 'In the queue of the exchange: nobody was free',
  'operator-on-line': 'BT operator is on the line with the caller',
  connected: 'Caller is on the line',
  'operator-left': 'Caller is on the line; the BT operator has left',
  held: 'On hold',
  'caller-dropped': 'Line dropped: must be rung back if it is safe',
  diverted: 'Taken by another force',
  'taken-for-another': 'Taken for another force: they need this log',
  transferred: 'Transferred',
  ended: 'Call has ended',
};

export const lineWords: Readonly<Record<LineType, string>> = {
  fixed: 'Fixed line',
  mobile: 'Mobile',
  internet: 'Internet line',
  payphone: 'Payphone',
  relay: 'Text relay',
  car: 'Car',
  unknown: 'Kind of line not known',
};

/** Why the address of such a line is not where the caller is for certain; `null` where there is none. */
export const addressDoubt: Readonly<Record<LineType, string | null>> = {
  fixed: 'may be wrong: read it back',
  mobile: 'where the bill goes, not where the caller is',
  internet: 'may be of another house: read it back',
  payphone: 'where the telephone stands',
  relay: 'of the subscriber: read it back',
  car: null,
  unknown: 'may be wrong: read it back',
};

export const callMarkWords: Readonly<Record<CallMark, string>> = {
  'relay-user': 'Relay user: ring back by 18002, never by a plain call',
  'no-speech': 'Nobody speaks: ask for taps, one for yes, two for no',
  'limited-service': 'Cannot be rung back: this telephone has no number of its own',
  'nuisance-line': 'Has made nuisance calls before: this one still gets its own check',
};
