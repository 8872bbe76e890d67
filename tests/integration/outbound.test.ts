import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { Carriers } from '../../src/queue/outbound/carrier.ts';
import { folderCarriers } from '../../src/queue/outbound/carriers-file.ts';
import { smtpCarrier } from '../../src/queue/outbound/smtp-carrier.ts';
import { webhookCarrier } from '../../src/queue/outbound/webhook-carrier.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import type { Timers } from '../../src/shared/domain/time.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { recordActs } from '../harness/record-acts.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

interface Told {
  readonly envelope: readonly string[];
  /** How the sender's machine calls itself. */
  readonly calls: string | false;
  readonly email: Email;
}

/** A real SMTP server. `recipient`, `message`: how it answers; `null` accepts. */
async function anSmtpServer() {
  const told: Told[] = [];
  const says: { recipient: number | null; message: number | null } = { recipient: null, message: null };
  const failure = (code: number) => Object.assign(new Error('4.0.0 not now'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(says.recipient === null ? null : failure(says.recipient)),
    onData(stream, session, done) {
      void (async () => {
        const parts: Buffer[] = [];
        for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
        told.push({
          envelope: session.envelope.rcptTo.map(({ address }) => address),
          calls: session.hostNameAppearsAs,
          email: await PostalMime.parse(Buffer.concat(parts)),
        });
        done(says.message === null ? null : failure(says.message));
      })();
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  opened.push(async () => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const carrier = smtpCarrier({
    host: '127.0.0.1',
    port,
    security: 'none',
    user: null,
    password: null,
    from: 'Hertfordshire Constabulary <noreply@herts.example>',
    neutralFrom: 'Messages <post@messages.example>',
  });
  return { told, says, carriers: { 'e-mail': carrier } };
}

/** A gateway of texts that answers as it is told. */
async function aGateway() {
  const told: { readonly headers: IncomingHttpHeaders; readonly body: unknown }[] = [];
  const says = { status: 202 };
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const part of request as AsyncIterable<Buffer>) text += part.toString('utf8');
      told.push({ headers: request.headers, body: JSON.parse(text) });
      response.writeHead(says.status).end();
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const carrier = webhookCarrier({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/texts`,
    key: 'a key of the gateway',
    from: 'HertsPolice',
    neutralFrom: 'Messages',
  });
  return { told, says, carriers: { text: carrier } };
}

/** Timers that go off when the test says so, whatever they were set to; those of a second and less as they are. */
function handTimers() {
  const long: (() => void)[] = [];
  const timers: Timers = {
    after(ms, task) {
      if (ms > 1_000) {
        long.push(task);
        return { [Symbol.dispose]: () => void long.splice(long.indexOf(task) >>> 0, 1) };
      }
      const timer = setTimeout(task, ms);
      return { [Symbol.dispose]: () => clearTimeout(timer) };
    },
  };
  return { timers, goOff: () => long.splice(0).forEach((task) => task()) };
}

async function open(store: 'memory' | 'postgres', carriers: Carriers | undefined, timers?: Timers) {
  const queue = await startTestQueue({
    store,
    ...(carriers !== undefined && { carriers }),
    ...(timers !== undefined && { timers }),
  });
  opened.push(() => queue.stop());
  const desk = await DeskClient.welcomed(queue.deskUrl);
  opened.push(() => desk[Symbol.asyncDispose]());
  return { queue, desk };
}

const byEmail = { way: 'e-mail', to: 'ann@example.com', neutral: false };
const byText = { way: 'text', to: '07700 900123', neutral: true };

/** A report that the desk has, with an incident opened for it. */
async function aReport(queue: TestQueue, desk: DeskClient, reach: object): Promise<ContactId> {
  const answer = await post(
    queue,
    aBody({ channel: 'online-report', caller: null, form: { kind: 'crime', answers: [], reach } }),
  );
  const { id } = answer.body as { readonly id: ContactId };
  expect((await does(desk, id, { kind: 'claim' }, 0)).status).toBe('applied');
  expect((await does(desk, id, recordActs.incident)).status).toBe('applied');
  return id;
}

const does = (desk: DeskClient, id: ContactId, act: Act, fence = 1) =>
  desk.answer(desk.command(id, act, { fence }));
const sendEmail: Extract<Act, { kind: 'send-reference' }> = {
  kind: 'send-reference',
  way: 'e-mail',
  to: 'ann@example.com',
  neutral: false,
};
const sendText: Act = { kind: 'send-reference', way: 'text', to: '+447700900123', neutral: true };
const contactAt = async ({ service }: TestQueue, id: ContactId): Promise<Contact> =>
  must((await service.contacts([id]))[0], 'contact');
const carried = async (queue: TestQueue, id: ContactId) => {
  const sent = () => contactAt(queue, id).then(({ sendings }) => sendings.at(-1)?.carried);
  await expect.poll(sent, { timeout: 15_000 }).not.toBeNull();
  return must(await sent(), 'what became of it');
};

describe.each(['memory', 'postgres'] as const)('what goes out, with the %s store', (store) => {
  it('MX-05: an e-mail reaches a real server: to one address, plain, short, said to be a machine’s, with the reference in it', async () => {
    const smtp = await anSmtpServer();
    const { queue, desk } = await open(store, smtp.carriers);
    const id = await aReport(queue, desk, byEmail);
    expect((await does(desk, id, sendEmail)).status).toBe('applied');
    expect(await carried(queue, id)).toMatchObject({ fault: null, detail: expect.stringMatching(/^250/) });
    const [{ envelope, email }] = smtp.told as [Told];
    const { ref, sendings } = await contactAt(queue, id);
    expect(envelope).toEqual(['ann@example.com']);
    expect(email.text).toContain(ref);
    expect(email.html).toBeUndefined();
    expect(email.messageId).toBe(`<${ref}.${sendings[0]?.id}@herts.example>`);
    expect(email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  it('MX-04: nothing of a neutral e-mail says who it is from, nor how the machine calls itself on its way', async () => {
    const smtp = await anSmtpServer();
    const { queue, desk } = await open(store, smtp.carriers);
    const id = await aReport(queue, desk, { ...byEmail, neutral: true });
    await does(desk, id, { ...sendEmail, neutral: true });
    expect(await carried(queue, id)).toMatchObject({ fault: null });
    const [{ calls, email }] = smtp.told as [Told];
    expect(calls).toBe('messages.example');
    expect(JSON.stringify(email)).not.toMatch(/herts|police|constabulary/i);
  });

  it('MX-06: what the server cannot take now is tried again under the same name, also by the next queue', async () => {
    const smtp = await anSmtpServer();
    smtp.says.message = 451;
    const { timers, goOff } = handTimers();
    const { queue, desk } = await open(store, smtp.carriers, timers);
    const id = await aReport(queue, desk, byEmail);
    await does(desk, id, sendEmail);
    await expect.poll(() => smtp.told.length, { timeout: 15_000 }).toBe(1);
    await expect
      .poll(() => queue.service.nextMessageDue().then((due) => (due ?? 0) - Date.now()))
      .toBeLessThan(11_000);
    expect((await contactAt(queue, id)).sendings[0]?.carried).toBeNull();
    smtp.says.message = null;
    const sending = must((await contactAt(queue, id)).sendings[0], 'message').id;
    await queue.store.transact((tx) => tx.putOffMessage(sending, queue.service.now()));
    goOff();
    expect(await carried(queue, id)).toMatchObject({ fault: null });
    expect(new Set(smtp.told.map(({ email }) => email.messageId)).size).toBe(1);
    expect(smtp.told).toHaveLength(2);
  });

  it('MX-07: an address that the server refuses is told on the contact, with its code, and is a duty', async () => {
    const smtp = await anSmtpServer();
    smtp.says.recipient = 550;
    const { queue, desk } = await open(store, smtp.carriers);
    const id = await aReport(queue, desk, byEmail);
    await does(desk, id, sendEmail);
    expect(await carried(queue, id)).toMatchObject({
      fault: 'refused',
      detail: expect.stringMatching(/^550/),
    });
    expect((await contactAt(queue, id)).marks.duties).toEqual(['tell-caller']);
    expect(smtp.told).toEqual([]);
  });

  it('MX-07: where nobody carries it, the handler is told so', async () => {
    const { queue, desk } = await open(store, {});
    const id = await aReport(queue, desk, byEmail);
    await does(desk, id, sendEmail);
    expect(await carried(queue, id)).toMatchObject({ fault: 'not-set-up' });
  });

  it('MX-09: a text goes to the gateway with the house’s key, under its own name, in neutral words', async () => {
    const gateway = await aGateway();
    const { queue, desk } = await open(store, gateway.carriers);
    const id = await aReport(queue, desk, byText);
    await does(desk, id, sendText);
    expect(await carried(queue, id)).toMatchObject({ fault: null, detail: '202' });
    const { sendings, ref } = await contactAt(queue, id);
    const [{ headers, body }] = gateway.told as [(typeof gateway.told)[number]];
    expect(headers).toMatchObject({
      authorization: 'Bearer a key of the gateway',
      'idempotency-key': sendings[0]?.id,
    });
    expect(body).toEqual({
      id: sendings[0]?.id,
      to: '+447700900123',
      from: 'Messages',
      text: expect.stringContaining(ref) as string,
    });
  });

  it('MX-03: a message that was ordered does not go any more once another way was agreed', async () => {
    const gateway = await aGateway();
    gateway.says.status = 503;
    const { timers, goOff } = handTimers();
    const { queue, desk } = await open(store, gateway.carriers, timers);
    const id = await aReport(queue, desk, byText);
    await does(desk, id, sendText);
    await expect.poll(() => gateway.told.length, { timeout: 15_000 }).toBe(1);
    const safe = { way: 'ring her sister', times: '', codeWord: '', doNotRing: true, sharedDevice: true };
    expect(
      (
        await does(desk, id, {
          kind: 'safe-contact',
          safe: { ...safe, reach: { way: 'nobody', to: '', neutral: true } },
        })
      ).status,
    ).toBe('applied');
    gateway.says.status = 202;
    const sending = must((await contactAt(queue, id)).sendings[0], 'message').id;
    await queue.store.transact((tx) => tx.putOffMessage(sending, queue.service.now()));
    goOff();
    expect(await carried(queue, id)).toMatchObject({ fault: 'other-way' });
    expect(gateway.told).toHaveLength(1);
  });
});

it('MX-05: the folder of the demo holds one file for each message, and nothing was sent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fcr-outbound-'));
  opened.push(() => rm(folder, { recursive: true }));
  const { queue, desk } = await open('memory', folderCarriers(folder));
  const id = await aReport(queue, desk, byEmail);
  await does(desk, id, sendEmail);
  expect(await carried(queue, id)).toMatchObject({ fault: null });
  const { sendings, ref } = await contactAt(queue, id);
  expect(await readdir(folder)).toEqual([`${sendings[0]?.id}.json`]);
  const message = JSON.parse(await readFile(join(folder, `${sendings[0]?.id}.json`), 'utf8')) as object;
  expect(message).toMatchObject({ to: 'ann@example.com', way: 'e-mail', text: expect.stringContaining(ref) });
});
