import { handlerEnds, type HandlerEnd } from '../../../shared/domain/chat/chat.ts';
import { ownerOf, type Contact } from '../../../shared/domain/contact.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';

/** The open contact, where it is a chat. */
function openChat({ active, readings }: Workplace): Contact | null {
  const id = active.read();
  const reading = id === null ? null : readings.of(id).read();
  return reading?.kind === 'here' && reading.contact.channel === 'web-chat' ? reading.contact : null;
}

function mine(workplace: Workplace): boolean {
  const chat = openChat(workplace);
  const me = workplace.store.desk.read()?.me?.desk;
  return chat !== null && me !== undefined && ownerOf(chat)?.desk === me;
}

/** Whether any chat is offered to somebody: which, and whether to this handler, the key itself looks at. */
const isOffered = ({ store }: Workplace): boolean => store.facts.read().offered.length > 0;

const here: Command['where'] = ['work', 'composer', 'sheet'];
const NO_CHAT = 'No chat of yours is open. c claims one; Ctrl+1 to Ctrl+9 show those in hand.';

/** To the line to the public; from there to the note. A sheet gives way, with what is in it. */
function writeTo(workplace: Workplace, field: 'message' | 'note'): void {
  const id = workplace.active.read();
  if (field === 'message' && id !== null && workplace.sheets.of(id).read() !== null) workplace.leaveSheet(id);
  if (!workplace.goTo(field)) workplace.say(NO_CHAT, 'plain');
}

const endTitles: Readonly<Record<HandlerEnd, readonly [string, string]>> = {
  'ended-by-handler': ['End the chat: you have said good-bye', 'said good-bye'],
  'moved-to-999': ['End the chat: they were asked to ring 999', 'rings 999'],
};

const endKeys = handlerEnds.map((reason, at): Command => {
  const [title, short] = endTitles[reason];
  return {
    id: `end-chat-${reason}`,
    title,
    short,
    group: 'A chat',
    keys: [`Ctrl+Shift+e ${at + 1}`],
    where: here,
    when: mine,
    run: (workplace) => {
      const chat = openChat(workplace);
      if (chat === null || !mine(workplace)) workplace.say(NO_CHAT, 'plain');
      else void workplace.acts.submit(chat.id, { kind: 'end-chat', reason });
    },
  };
});

/** Conversation with the public (rules CH). */
export const chatCommands: readonly Command[] = [
  {
    id: 'write-to-public',
    title: 'Write to the public in this chat',
    short: 'write to them',
    group: 'A chat',
    keys: ['t'],
    where: ['work'],
    bar: 22.5,
    when: mine,
    run: (workplace) => writeTo(workplace, 'message'),
  },
  {
    id: 'switch-field',
    title: 'From the line to the public to the internal note, and back',
    short: 'public / note',
    group: 'A chat',
    keys: ['Ctrl+j'],
    where: here,
    bar: 6,
    when: mine,
    run: (workplace, focus) => writeTo(workplace, focus === 'chat' ? 'note' : 'message'),
  },
  {
    id: 'send-line',
    title: 'Send the line to the public; Enter does the same there, Shift+Enter begins a new line',
    short: 'send to them',
    group: 'A chat',
    keys: ['Ctrl+Enter'],
    where: ['chat'],
    bar: 5,
    run: ({ chats }) => chats.field?.send(),
  },
  {
    id: 'canned-reply',
    title: 'Choose a ready reply: it goes into the line, and is read before it is sent',
    short: 'ready replies',
    group: 'A chat',
    keys: ['Ctrl+;'],
    where: here,
    bar: 7,
    when: mine,
    run: (workplace) => {
      writeTo(workplace, 'message');
      workplace.chats.field?.askForReply();
    },
  },
  {
    id: 'safe-contact',
    title: 'How they may be reached safely, and the code word',
    short: 'safe contact',
    group: 'A chat',
    keys: ['Shift+s', 'Ctrl+F1'],
    where: here,
    when: ({ active }) => active.read() !== null,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id !== null) workplace.showSheet(id, 'safe-contact');
    },
  },
  {
    id: 'hand-over',
    title: 'Hand the chat on: to a colleague by name, or back to everybody, with a line for who takes it',
    short: 'hand on',
    group: 'A chat',
    keys: ['Shift+h', 'Ctrl+Shift+h'],
    where: here,
    bar: 24.9,
    when: mine,
    run: (workplace) => {
      const chat = openChat(workplace);
      if (chat === null || !mine(workplace)) workplace.say(NO_CHAT, 'plain');
      else workplace.showSheet(chat.id, 'hand-over');
    },
  },
  {
    id: 'take-offered',
    title: 'Take the chat that a colleague offers',
    short: 'take offered chat',
    group: 'A chat',
    keys: ['Ctrl+Shift+y'],
    where: ['anywhere'],
    when: isOffered,
    run: (workplace) => void import('./offers.ts').then(({ takeOffered }) => takeOffered(workplace)),
  },
  {
    id: 'decline-offered',
    title: 'Say no to the chat that a colleague offers: it stays with them',
    short: 'decline offered chat',
    group: 'A chat',
    keys: ['Ctrl+Shift+k'],
    where: ['anywhere'],
    when: isOffered,
    run: (workplace) => void import('./offers.ts').then(({ declineOffered }) => declineOffered(workplace)),
  },
  {
    id: 'check-exit',
    title: 'Say how somebody has checked on the person who left by the safety exit',
    short: 'exit checked',
    group: 'A chat',
    keys: ['Shift+x', 'Ctrl+F4'],
    where: here,
    bar: 20,
    when: (workplace) => {
      const chat = openChat(workplace);
      // The row is told first.
      const isLeft =
        chat !== null && workplace.store.rows.get(chat.id)?.summary.channelState === 'left-by-exit';
      return isLeft && mine(workplace) && (chat.chat?.exit?.checked ?? null) === null;
    },
    run: (workplace) => {
      const chat = openChat(workplace);
      if (chat === null) workplace.say(NO_CHAT, 'plain');
      else workplace.strip.set({ kind: 'check-exit', contact: chat.id });
    },
  },
  {
    id: 'end-chat',
    title: 'End the chat',
    short: 'end chat',
    group: 'A chat',
    keys: [],
    begins: 'Ctrl+Shift+e',
    where: here,
    bar: 24.8,
    when: mine,
    run: () => undefined,
  },
  ...endKeys,
];
