import type { Command } from '../commands/command.ts';
import { windowCommands } from '../commands/window-commands.ts';
import { contactCommands } from '../features/contact/commands.ts';
import { emergencyCommands } from '../features/emergency-strip/commands.ts';
import { inboxCommands } from '../features/inbox/commands.ts';

/** The features of the window: with `app.tsx` the only place that imports them. */
export { ContextPane } from '../features/contact/context-pane.tsx';
export { WorkPane } from '../features/contact/work-pane.tsx';
export { EmergencyStrip } from '../features/emergency-strip/emergency-strip.tsx';
export { Inbox } from '../features/inbox/inbox.tsx';
export { Notices } from '../features/notices/notices.tsx';
export { Outbox } from '../features/outbox/outbox.tsx';
export { StatusLine } from '../features/status-line/status-line.tsx';

/** THE registry: everything a handler can do (rule W-05). */
export const commands: readonly Command[] = [
  ...emergencyCommands,
  ...inboxCommands,
  ...contactCommands,
  ...windowCommands,
];
