import type { CommandId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { DueMessage, OutboundTransaction } from './outbound-store.ts';

/** A message with when it is to be tried. */
export interface KeptMessage extends DueMessage {
  readonly dueAt: Instant;
}

/** The hands of a transaction on what goes out; `put` and `drop` remember how to take it back. */
export function outboundOn(
  messages: Map<CommandId, KeptMessage>,
  {
    put,
    drop,
  }: {
    readonly put: <K, V>(map: Map<K, V>, key: K, value: V) => void;
    readonly drop: <K, V>(map: Map<K, V>, key: K) => void;
  },
): OutboundTransaction {
  const inOrder = () => [...messages.values()].sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
  return {
    async keepMessage(message) {
      assert(!messages.has(message.id), `message ${message.id} was ordered twice`);
      put(messages, message.id, { ...message, tries: 0, dueAt: message.orderedAt });
    },
    async takeDueMessage(now, again) {
      const due = inOrder().find(({ dueAt }) => dueAt <= now);
      if (due === undefined) return null;
      const { dueAt: _dueAt, ...message } = { ...due, tries: due.tries + 1 };
      put(messages, due.id, { ...message, dueAt: again });
      return message;
    },
    async putOffMessage(id, until) {
      const message = messages.get(id);
      if (message !== undefined) put(messages, id, { ...message, dueAt: until });
    },
    async endMessage(id) {
      if (!messages.has(id)) return false;
      drop(messages, id);
      return true;
    },
    nextMessageDue: async () => inOrder()[0]?.dueAt ?? null,
  };
}
