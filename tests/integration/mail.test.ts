import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { startDovecot, whyNoDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const program = fileURLToPath(new URL('../../src/mail/index.ts', import.meta.url));
const why = whyNoDovecot();

const aMail = (
  over: Readonly<Record<string, string>> = {},
  body = 'The shutter has been kicked in again.',
) => {
  const headers = {
    From: 'Ann Marsh <ann@example.com>',
    To: 'waltham.cross@herts.example',
    Subject: 'Shop front damaged',
    'Message-ID': '<first@example.com>',
    Date: 'Mon, 23 Nov 2026 09:00:00 +0000',
    'Content-Type': 'text/plain; charset=utf-8',
    ...over,
  };
  const lines = Object.entries(headers).filter(([, value]) => value !== '');
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}\n`;
};

describe.skipIf(why !== null)(`e-mails from a real mailbox${why === null ? '' : `: not run: ${why}`}`, () => {
  let mailbox: Dovecot;
  let queue: TestQueue;
  let folder: string;
  let running: ChildProcess[];
  beforeEach(async () => {
    [mailbox, queue] = await Promise.all([startDovecot(), startTestQueue({ store: 'memory' })]);
    folder = await mkdtemp(join(tmpdir(), 'fcr-mail-'));
    running = [];
    await writeFile(join(folder, 'keys.json'), JSON.stringify({ telephony: queue.intakeKey }));
    await writeMailbox();
  });
  afterEach(async () => {
    for (const child of running) await ended(child);
    await mailbox[Symbol.asyncDispose]();
    await queue.stop();
    await rm(folder, { recursive: true });
  });

  const writeMailbox = (over: Readonly<Record<string, string | number>> = {}) => {
    const { port, user } = mailbox;
    const settings = { host: '127.0.0.1', port, security: 'none', user, folder: 'INBOX', ...over };
    const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}`);
    return writeFile(
      join(folder, 'mailbox.yaml'),
      `${lines.join('\n')}\nourAddresses: [noreply@herts.example]\n`,
    );
  };
  const ended = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  /** The program itself, as it runs in a control room. */
  function startReader(address = new URL(queue.intakeUrl).origin, password = mailbox.password) {
    const args = [
      ...['--disable-warning=ExperimentalWarning', program],
      ...['--mailbox', join(folder, 'mailbox.yaml'), '--queue', address, '--every', '1'],
      ...['--key-file', join(folder, 'keys.json'), '--source', 'telephony'],
    ];
    const child = spawn(process.execPath, args, { env: { ...process.env, MAIL_PASSWORD: password } });
    running.push(child);
    let said = '';
    child.stderr.on('data', (data: Buffer) => (said += data.toString('utf8')));
    return { child, said: () => said };
  }
  const contacts = () => queue.service.openContacts();
  const patience = { timeout: 20_000 };
  const seen = async (count: number) => {
    await expect.poll(() => mailbox.marks(), patience).toEqual({ seen: count, unseen: 0 });
  };
  const only = async (): Promise<Contact> => {
    const all = await contacts();
    expect(all).toHaveLength(1);
    return all[0] as Contact;
  };

  it('MX-10, MX-11: an e-mail becomes one contact: plain words, who wrote, and what was with it by name', async () => {
    const parts = [
      '--x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Somebody &amp; his <b>friends</b><script>alert(1)</script> kicked it in.</p><p>Third time.</p>',
      '--x',
      'Content-Type: image/jpeg; name="shutter.jpg"',
      'Content-Disposition: attachment; filename="shutter.jpg"',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      '--x--',
    ];
    await mailbox.deliver('1', aMail({ 'Content-Type': 'multipart/mixed; boundary=x' }, parts.join('\n')));
    startReader();
    await seen(1);
    const { channel, title, account, caller, form } = await only();
    expect({ channel, title, account, caller }).toEqual({
      channel: 'e-mail',
      title: 'Shop front damaged',
      account: 'Shop front damaged\n\nSomebody & his friends kicked it in.\nThird time.',
      caller: { name: 'Ann Marsh', number: null, address: null },
    });
    expect(form?.answers.map(({ id, answer }) => [id, answer])).toEqual([
      ['from', 'Ann Marsh, ann@example.com'],
      ['to', 'waltham.cross@herts.example'],
      ['subject', 'Shop front damaged'],
      ['date', '2026-11-23T09:00:00.000Z'],
      ['attachments', 'shutter.jpg (image/jpeg, 1 kB)'],
    ]);
  });

  it('MX-10: killed after the queue has it and before it is marked, the next run marks it and makes no second contact', async () => {
    await mailbox.deliver('1', aMail());
    const { origin } = new URL(queue.intakeUrl);
    let victim: ChildProcess | null = null;
    // Between the two: what the queue answers never comes back, because whoever asked is dead by then.
    const between = createServer((request, response) => {
      void (async () => {
        const parts: Buffer[] = [];
        for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
        const { authorization, 'idempotency-key': key } = request.headers;
        const stored = await fetch(`${origin}${request.url}`, {
          method: 'POST',
          headers: {
            authorization: String(authorization),
            'idempotency-key': String(key),
            'content-type': 'application/json',
          },
          body: Buffer.concat(parts),
        });
        expect(stored.status).toBe(201);
        victim?.kill('SIGKILL');
        response.destroy();
      })();
    });
    between.listen(0, '127.0.0.1');
    await once(between, 'listening');
    const { child } = startReader(`http://127.0.0.1:${(between.address() as AddressInfo).port}`);
    victim = child;
    await once(child, 'exit');
    between.close();
    expect([(await contacts()).length, await mailbox.marks()]).toEqual([1, { seen: 0, unseen: 1 }]);
    startReader();
    await seen(1);
    expect(await contacts()).toHaveLength(1);
  });

  it('MX-10: delivered twice it is one contact; another e-mail under the same name is another', async () => {
    await mailbox.deliver('1', aMail());
    await mailbox.deliver('2', aMail(), new Date(Date.now() - 3_600_000));
    await mailbox.deliver('3', aMail({}, 'Something else altogether.'));
    startReader();
    await seen(3);
    expect(new Set((await contacts()).map(({ account }) => account.split('\n\n')[1]))).toEqual(
      new Set(['Something else altogether.', 'The shutter has been kicked in again.']),
    );
    expect(await contacts()).toHaveLength(2);
  });

  it('MX-12: what a machine has sent, a bounce, and our own make no contact', async () => {
    await mailbox.deliver('1', aMail({ 'Auto-Submitted': 'auto-replied', 'Message-ID': '<a@x>' }));
    await mailbox.deliver('2', aMail({ 'Return-Path': '<>', 'Message-ID': '<b@x>' }));
    await mailbox.deliver('3', aMail({ From: 'Mail <MAILER-DAEMON@mx.example>', 'Message-ID': '<c@x>' }));
    await mailbox.deliver('4', aMail({ From: 'noreply@herts.example', 'Message-ID': '<d@x>' }));
    await mailbox.deliver('5', aMail({ 'Auto-Submitted': 'no', 'Message-ID': '<e@x>' }));
    startReader();
    await seen(5);
    expect(await contacts()).toHaveLength(1);
  });

  it('MX-13: an answer that names our reference, in its subject or in what it answers, is words on that contact', async () => {
    const { body } = await post(queue, aBody({ channel: 'online-report', caller: null }));
    const { ref } = body as { readonly ref: string };
    await mailbox.deliver('1', aMail({ Subject: `Re: ${ref}`, 'Message-ID': '<a@x>' }, 'They are back.'));
    await mailbox.deliver(
      '2',
      aMail(
        { Subject: 'Re: Your reference', 'In-Reply-To': `<${ref}.7@herts.example>`, 'Message-ID': '<b@x>' },
        'Again.',
      ),
    );
    await mailbox.deliver(
      '3',
      aMail({ Subject: 'Re: CON-20200101-000001', 'Message-ID': '<c@x>' }, 'An old one.'),
    );
    startReader();
    await seen(3);
    const all = await contacts();
    expect(all.find((contact) => contact.ref === ref)?.messages.map(({ text }) => text)).toEqual([
      'E-mail from ann@example.com:\nThey are back.',
      'E-mail from ann@example.com:\nAgain.',
    ]);
    expect(all).toHaveLength(2);
  });

  it('MX-15: while the queue is away nothing is marked; what is wrong is said once, with what to do, and tried again', async () => {
    await mailbox.deliver('1', aMail());
    const refused = startReader(undefined, 'another password');
    await expect
      .poll(refused.said, patience)
      .toMatch(/refuses the user .* check user .* and MAIL_PASSWORD\. Tried again/);
    await ended(refused.child);
    await writeMailbox({ folder: 'Reports' });
    const missing = startReader();
    await expect.poll(missing.said, patience).toMatch(/has no folder Reports .* check folder/);
    await ended(missing.child);
    await writeMailbox();
    const { port } = queue;
    await queue.stop();
    const away = startReader(`http://127.0.0.1:${port}`);
    let logged = '';
    away.child.stdout.on('data', (data: Buffer) => (logged += data.toString('utf8')));
    await expect
      .poll(() => logged, patience)
      .toContain('the queue could not take an e-mail; it stays unseen');
    expect(await mailbox.marks()).toEqual({ seen: 0, unseen: 1 });
    queue = await startTestQueue({ store: 'memory', port, sources: { telephone: queue.intakeKey } });
    await seen(1);
    expect(await contacts()).toHaveLength(1);
  });
});
