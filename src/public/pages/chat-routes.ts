import { unreachable } from '../../shared/lib/assert.ts';
import { cleanLine, cleanText } from '../../shared/lib/clean-text.ts';
import { CHAT_LINE_LIMIT, type Said } from '../chat/chat-rooms.ts';
import type { ChatRoom } from '../chat/chat-room.ts';
import type { Ask, Place } from '../context.ts';
import { field, type EventStream, type Reply } from '../http/exchange.ts';
import { languageName } from '../languages.ts';
import { crowdWords } from '../http/crowd-words.ts';
import { chatPage, chatStartPage, chatUnsafePage, standingLines } from './chat-pages.ts';
import { tooMuchPage } from './info-pages.ts';

const go = (to: string): Reply => ({ kind: 'go', to });
/** A script asked, so it is answered in its own way. */
const isScript = ({ request }: Ask): boolean =>
  request.headers['content-type']?.startsWith('application/json') === true;

/** A line’s name as a browser makes it. */
const isLineId = (id: string): boolean => /^[\w-]{8,64}$/.test(id);

/** The page before the chat; whoever is in one goes to it. */
export async function chatStart(place: Place, ask: Ask): Promise<Reply> {
  const room = place.rooms.find(ask.visit?.chat ?? null);
  return room !== null && room.standing.stage !== 'ended' ? go('/chat/now') : chatStartPage(place, ask);
}

export async function chatBegin(place: Place, ask: Ask): Promise<Reply> {
  const safe = field(ask.fields, 'safe');
  const language = field(ask.fields, 'language');
  const name = cleanLine(field(ask.fields, 'name')).slice(0, 80);
  if (!['yes', 'unsure', 'no', 'told'].includes(safe))
    return chatStartPage(place, ask, { filled: (one) => ask.fields.get(one) ?? [] });
  if (safe === 'no' || safe === 'unsure') return chatUnsafePage(place, ask, { language, name });
  const open = place.rooms.find(ask.visit?.chat ?? null);
  if (open !== null && open.standing.stage !== 'ended') return go('/chat/now');
  const admitted = ask.admit({ words: null, isRisk: safe === 'told' });
  if (admitted.kind === 'wait') return tooMuchPage(place, ask, admitted.seconds);
  const visit = ask.visit ?? ask.beginVisit().visit;
  const { room, begun } = place.rooms.begin({
    name,
    language: languageName(language) === null ? null : language,
    isUnsafe: safe === 'told',
    caller: ask.caller,
    crowd: crowdWords(admitted),
    visit: visit.name,
    form: field(ask.fields, 'token'),
  });
  // Whoever leaves from now on leaves this chat, also while it is only beginning.
  visit.chat = room.key;
  await begun;
  return go('/chat/now');
}

/** Everything of a chat that is open. `null`: there is no such page. */
export async function chatNow(place: Place, ask: Ask, rest: string): Promise<Reply | null> {
  const { rooms, newId } = place;
  const room = rooms.find(ask.visit?.chat ?? null);
  const isPost = ask.request.method === 'POST';
  if (room === null && isPost && rest === 'lines' && !isScript(ask))
    return chatStartPage(place, ask, null, cleanText(field(ask.fields, 'text')).trim());
  if (room === null)
    return isScript(ask) || rest === 'events' ? { kind: 'empty', status: 410 } : go('/chat?over=1');
  switch (`${isPost ? 'post' : 'get'} ${rest}`) {
    case 'get now':
      rooms.isPresent(room);
      return chatPage(place, ask, room, { id: newId() });
    case 'get events':
      rooms.isPresent(room);
      return { kind: 'stream', begin: (stream) => follow(place, ask, room, stream) };
    case 'post lines':
      return takeLine(place, ask, room);
    case 'post here':
      rooms.isPresent(room);
      return { kind: 'empty', status: 204 };
    case 'post typing':
      rooms.isPresent(room);
      rooms.tellTyping(room);
      return { kind: 'empty', status: 204 };
    case 'post seen':
      rooms.tellRead(
        room,
        Number(field(ask.fields, 'upTo')),
        field(ask.fields, 'how') === 'delivered' ? 'delivered' : 'seen',
      );
      return { kind: 'empty', status: 204 };
    case 'post end':
      await rooms.endByPublic(room);
      return go('/chat/now');
    default:
      return null;
  }
}

async function takeLine(place: Place, ask: Ask, room: ChatRoom): Promise<Reply> {
  const { rooms, shell, newId } = place;
  const id = field(ask.fields, 'id');
  const text = cleanText(field(ask.fields, 'text')).trim();
  const { chat } = shell.words;
  const problem = text === '' ? chat.empty : text.length > CHAT_LINE_LIMIT ? chat.tooLong : null;
  if (problem !== null || !isLineId(id))
    return isScript(ask)
      ? { kind: 'json', status: 422, body: { problem } }
      : chatPage(place, ask, room, { id: newId(), text, problem: problem ?? chat.empty });
  let said: Said;
  try {
    said = await rooms.say(room, { id, text });
  } catch {
    place.log.error('a line of a chat could not be kept; its writer was told');
    return isScript(ask)
      ? { kind: 'empty', status: 503 }
      : chatPage(place, ask, room, { id, text, problem: shell.words.trouble.keptNot });
  }
  switch (said) {
    case 'kept':
      return isScript(ask) ? { kind: 'json', body: { kept: id } } : go('/chat/now#text');
    case 'over':
      return isScript(ask)
        ? { kind: 'empty', status: 410 }
        : chatPage(place, ask, room, { id: newId(), text, problem: chat.ended.notTaken });
    case 'full':
      return isScript(ask)
        ? { kind: 'json', status: 422, body: { problem: chat.full } }
        : chatPage(place, ask, room, { id: newId(), text, problem: chat.full });
    default:
      return unreachable(said);
  }
}

/** Sends what the browser has not got, and then everything that is new, until either side ends it. */
function follow(place: Place, ask: Ask, room: ChatRoom, stream: EventStream): void {
  const last = Number(ask.request.headers['last-event-id'] ?? ask.query.get('after') ?? 0);
  // The script draws; what stands beside the lines is put into sentences in one place.
  const told: EventStream = {
    ...stream,
    send: (event, data, id) =>
      stream.send(
        event,
        event === 'standing'
          ? { ...room.standing, sentences: standingLines(place.shell.words, room.standing) }
          : data,
        id,
      ),
  };
  for (const entry of room.entries) if (entry.s > last) told.send('line', entry, entry.s);
  told.send('standing', room.standing);
  room.streams.add(told);
  void stream.closed.then(() => {
    room.streams.delete(told);
    room.presentAt = place.clock.monotonic();
  });
}
