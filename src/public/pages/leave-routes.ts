import type { Ask, Place } from '../context.ts';
import { field, type Reply } from '../http/exchange.ts';

/**
 * Somebody leaves in a hurry (rule WP-50). Whatever was under way is forgotten here, the chat’s handler is told, and the browser is sent to the
 * neutral page: by the link itself without script; a script has gone there already and only says so.
 */
export async function leave(place: Place, ask: Ask): Promise<Reply> {
  const { rooms, shell, log } = place;
  const isPost = ask.request.method === 'POST';
  // A browser that only looks ahead has not left.
  const isAhead = /prefetch|prerender/.test(
    String(ask.request.headers['sec-purpose'] ?? ask.request.headers['purpose'] ?? ''),
  );
  if (!isAhead) {
    const room = rooms.find(ask.visit?.chat ?? null);
    // A browser that leaves while its chat is only beginning was not told of a visit yet: the form that it sent is known all the same.
    const form = ask.visit === null ? formOfOurs(place, ask) : ask.token;
    if (ask.visit !== null) ask.endVisit();
    await Promise.all([room === null ? null : rooms.leave(room), rooms.leaveByForm(form)]).catch(() =>
      log.error('a hurried leaving could not be told'),
    );
  }
  return isPost ? { kind: 'empty', status: 204 } : { kind: 'go', to: shell.exitTo };
}

/** Leaving is never held up or counted: only what we have given ourselves is remembered of it, and nothing that somebody makes up. */
function formOfOurs({ tokens }: Place, { fields, visitId }: Ask): string {
  const token = field(fields, 'token');
  const isOurs = tokens.givenAt(token) !== null || (visitId !== null && tokens.isOf(visitId, token));
  return isOurs ? token : '';
}
