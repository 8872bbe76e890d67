import type { Fault } from '../../../shared/contract/fault.ts';
import { unreachable } from '../../../shared/lib/assert.ts';

/** A fault as the handler reads it: what happened, what still works, what to do. */
export interface FaultWords {
  readonly happened: string;
  readonly works: string;
  readonly todo: string;
}

const words = (happened: string, works: string, todo: string): FaultWords => ({ happened, works, todo });

const callsGoOn = 'You can go on taking contacts';

export function faultWords(fault: Fault): FaultWords {
  switch (fault.kind) {
    case 'cache-damaged':
      return words(
        'This desk’s own copy was damaged and has been set aside.',
        fault.unreadable
          ? 'A new copy is in use. Work that had not been sent could not be read.'
          : fault.unsent.length === 0
            ? 'A new copy is in use; nothing unsent was lost.'
            : `A new copy is in use; ${fault.salvaged} unsent were carried over, ${fault.unsent.length} were not: ${fault.unsent.join(', ')}.`,
        fault.unreadable || fault.unsent.length > 0
          ? 'Look through your last notes and write again what is missing. Tell IT support.'
          : 'Tell IT support at the end of the shift.',
      );
    case 'cache-newer':
      return words(
        'This desk’s own copy was written by a newer program.',
        `It was left as it is. ${callsGoOn}, but nothing is kept on this desk.`,
        'Ask IT support to update this desk.',
      );
    case 'cache-key-wrong':
      return words(
        'This desk’s own copy belongs to another key and cannot be opened.',
        `It was left as it is. ${callsGoOn}, but nothing is kept on this desk.`,
        'Tell IT support; do not delete anything.',
      );
    case 'cache-realm-wrong':
      return words(
        'This desk’s own copy belongs to another world: live, demo and training never share one.',
        `It was left as it is. ${callsGoOn}, but nothing is kept on this desk.`,
        'Tell IT support.',
      );
    case 'cache-write-failed':
      return words(
        `The disk of this desk refused to write (${fault.code}).`,
        'Words you typed stay on screen; what was received before is safe.',
        'Read important notes out to a colleague, and tell IT support now.',
      );
    case 'no-keychain':
      return words(
        'This desk has no safe place for its key.',
        `${callsGoOn}, but nothing is kept on this desk.`,
        'Send notes often, and tell IT support.',
      );
    case 'demo-key-in-file':
      return words(
        'The demo keeps its key beside its file.',
        'Everything works; the demo’s contacts are invented.',
        'Never type anything real in here.',
      );
    case 'queue-address-wrong':
      return words(
        fault.why === 'not-secure'
          ? 'The queue’s address is not a safe one, so this desk does not connect.'
          : 'The queue’s address is not an address, so this desk does not connect.',
        'What is on screen is this desk’s own copy.',
        'Tell IT support.',
      );
    case 'queue-refused':
      return words(
        fault.code === 4009
          ? 'This desk is open a second time, and that one is now connected.'
          : 'The queue has refused this desk.',
        'What is on screen is this desk’s own copy; what you have kept here is not lost.',
        fault.code === 4009 ? 'Work there, or close it and start this one again.' : 'Tell your team leader.',
      );
    case 'link-unsteady':
      return words(
        `The queue ends this desk’s link again and again (${fault.times} times: ${fault.why}).`,
        'The desk goes on trying; what you have kept here is not lost.',
        'Tell IT support now, and read urgent notes out to a colleague.',
      );
    case 'workstation-restarted':
      return words(
        fault.times === 1
          ? 'A part of this desk stopped and was started again.'
          : `A part of this desk stopped and was started again, ${fault.times} times.`,
        'Everything works. What was kept here is still here.',
        'Look whether your last words are there; tell IT support if it happens again.',
      );
    default:
      return unreachable(fault);
  }
}
