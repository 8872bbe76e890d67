/**
 * The names of the window's contract, without the parsers: the sandboxed preload carries these and nothing else.
 * `workstation.ts` proves that each has its schemas.
 */
export const requestNames = [
  'desk.read',
  'desk.set-status',
  'session.sign-in',
  'session.sign-off',
  'session.lock',
  'session.unlock',
  'inbox.read',
  'contact.read',
  'command.submit',
  'draft.save',
  'drafts.read',
  'search.read',
  'history.read',
  'contact.related',
  'contact.by-reference',
  'contact.ask',
  'photo.read',
  'colleagues.read',
  'missed.dismiss',
  'tabs.read',
  'tabs.save',
  'chat.typing',
  'policy.read',
  'paper.reserve',
  'paper.print',
  'outbox.read',
  'outbox.dismiss',
  'fault.dismiss',
  'settings.read',
  'settings.save',
  'window.attend',
  'training.start',
] as const;
export type RequestName = (typeof requestNames)[number];

/** Whether a word from outside is one of the contract's names. */
export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && (requestNames as readonly string[]).includes(name);
}

export const pushNames = [
  'desk.changed',
  'inbox.changed',
  'outbox.changed',
  'command.answered',
  'policy.changed',
  'chat.public-typing',
  'workstation.changed',
] as const;
export type PushName = (typeof pushNames)[number];
