import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What the queue tells the exchange that a handler did; the demand generator is one (`docs/telephony-contract.md`). */
export interface ActOfHandler {
  readonly act: 'answer' | 'release' | 'end';
  /** With `n` the name of the act; the same again is the same act. */
  readonly epoch: string;
  readonly n: number;
  readonly callId: string;
  /** The telephone of the desk, or its number. */
  readonly extension: string;
}

/** What the person at a desk is doing, as the exchange was told last. */
export interface AgentTold {
  readonly extension: string;
  readonly state: (typeof agentStates)[number];
  /** When the queue was told, milliseconds since 1970 UTC. */
  readonly at: number;
}

const agentStates = ['available', 'busy', 'wrap-up', 'break', 'training', 'away', 'signed-off'] as const;

const agentSchema = z.object({
  act: z.literal('agent'),
  desk: z.int(),
  extension: z.string().nullable(),
  state: z.enum(agentStates),
  at: z.number(),
});

const bodySchema = z.object({
  act: z.enum(['answer', 'release', 'end']),
  epoch: z.string(),
  n: z.int(),
  callId: z.string(),
  desk: z.int().nullable(),
  extension: z.string().nullable(),
});

/** An act says little. Bytes. */
const BODY_LIMIT = 8_192;

/** The generator's address for the queue. */
export interface ExchangeDoor extends AsyncDisposable {
  readonly port: number;
  /** By telephone: the newest that was told of each. */
  readonly agents: ReadonlyMap<string, AgentTold>;
}

/**
 * Serves the address at which the queue tells what handlers do, on this machine alone. Takes only what is signed with the source's key;
 * acts it does not know are taken and left alone, as the contract asks. Rejects with the system's error when the port cannot be had.
 */
export async function openExchangeDoor(options: {
  readonly port: number;
  readonly key: string;
  readonly onAct: (act: ActOfHandler) => void;
  /** Something newer about the person at a desk. */
  readonly onAgent?: (agent: AgentTold) => void;
}): Promise<ExchangeDoor> {
  const { port, key, onAct, onAgent } = options;
  const agents = new Map<string, AgentTold>();

  async function statusOf(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST') return 405;
    const body = await readBody(request);
    if (body === null) return 413;
    if (!isSigned(body, request.headers['x-queue-signature'], key)) return 401;
    const said = jsonOf(body);
    const agent = agentSchema.safeParse(said);
    if (agent.success) {
      const { desk, extension, state, at } = agent.data;
      const phone = extension ?? `desk-${desk}`;
      // Told again, or overtaken by something newer.
      if ((agents.get(phone)?.at ?? -1) >= at) return 200;
      const told = { extension: phone, state, at };
      agents.set(phone, told);
      onAgent?.(told);
      return 200;
    }
    const parsed = bodySchema.safeParse(said);
    if (!parsed.success) return 200;
    const { desk, extension, ...act } = parsed.data;
    onAct({ ...act, extension: extension ?? `desk-${desk ?? 0}` });
    return 200;
  }

  const server = createServer((request, response) => {
    void statusOf(request)
      .catch(() => 400)
      .then((status) => response.writeHead(status).end());
  });
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    agents,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY_LIMIT) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function isSigned(body: Buffer, header: string | string[] | undefined, key: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', key).update(body).digest('hex')}`);
  const given = Buffer.from(typeof header === 'string' ? header : '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
