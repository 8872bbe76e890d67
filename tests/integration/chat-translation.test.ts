import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, systemTimers } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { PoliciesInForce } from '../../src/queue/policy/policies-in-force.ts';
import { shippedPolicies } from '../../src/queue/policy/shipped-policies.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import { Apertium } from '../../src/queue/translation/apertium.ts';
import { openDetector, type Detector } from '../../src/queue/translation/detector.ts';
import { LineTranslator } from '../../src/queue/translation/line-translator.ts';
import type { TranslationProvider } from '../../src/queue/translation/provider.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { apertiumMissing, hasApertium, startApertium, type ApertiumServer } from '../harness/apertium.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { beginChat } from '../harness/public-page.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const reply = (text: string): Act => ({ kind: 'reply', text, canned: null });
const account = 'Mi jefe tiene mi pasaporte y no puedo salir de la casa.';

let detector: Detector;
beforeAll(async () => {
  detector = await openDetector();
});

const translatorOf = (provider: TranslationProvider): LineTranslator =>
  new LineTranslator({ provider, detector, clock: systemClock, log: silentLogger });

/** A queue with a translator, and a desk that has the chat. */
async function aDesk(provider: TranslationProvider) {
  const queue: TestQueue = await startTestQueue({ store: 'postgres', translator: translatorOf(provider) });
  const desk: Desk = startDesk({ queueUrl: queue.deskUrl });
  await desk.untilLink('live');
  const seen = (id: ContactId, fits: (contact: Contact) => boolean) =>
    desk.until(
      () => desk.request('contact.read', { contact: id }),
      (reading) => reading.kind === 'here' && fits(reading.contact),
    );
  const does = async (id: ContactId, ...acts: readonly Act[]): Promise<void> => {
    await seen(id, () => true);
    for (const act of acts) {
      await desk.submit(id, act);
      await desk.untilReceived();
    }
  };
  const translated = async (id: ContactId, count: number): Promise<Contact['translations']> => {
    const reading = await seen(id, ({ translations }) => translations.length >= count);
    return reading.kind === 'here' ? reading.contact.translations : [];
  };
  const stop = async () => {
    desk.stop();
    await queue.stop();
  };
  return { queue, does, translated, stop };
}

describe.skipIf(!hasApertium)(
  `a Spanish chat through a real Apertium${hasApertium ? '' : `: ${apertiumMissing}`}`,
  () => {
    let engine: ApertiumServer;
    let at: Awaited<ReturnType<typeof aDesk>>;
    beforeAll(async () => {
      engine = await startApertium();
    });
    afterAll(() => engine.stop());
    beforeEach(async () => {
      const { url, version } = engine;
      at = await aDesk(new Apertium({ url, version, timers: systemTimers, timeoutMs: 4_000 }));
    });
    afterEach(() => at.stop());

    it('LG-02, LG-05: the person’s lines stand in English beside their own words on the desk, and the record keeps their words', async () => {
      const page = await beginChat(() => at.queue, { account });
      await at.translated(page.id, 1);
      await page.says('No llame al 07700 900123.');
      await page.says('ayuda');
      const lines = await at.translated(page.id, 3);
      expect(lines.map(({ language, outcome }) => [language, outcome.kind])).toEqual([
        [{ code: 'es', from: 'line' }, 'translated'],
        [{ code: 'es', from: expect.any(String) as string }, 'translated'],
        [{ code: 'es', from: 'conversation' }, 'translated'],
      ]);
      const texts = lines.map(({ outcome }) =>
        outcome.kind === 'translated' ? outcome.translation.text : '',
      );
      expect(texts[0]).toMatch(/^My boss has my passport/);
      expect(texts[1]).toContain('07700 900123');
      const [contact] = await at.queue.service.contacts([page.id]);
      expect([contact?.account, contact?.messages.map(({ text }) => text), contact?.language]).toEqual([
        account,
        ['No llame al 07700 900123.', 'ayuda'],
        'es',
      ]);
      expect(await checkAudit(at.queue.store)).toMatchObject({ flaw: null });
    });

    it('LG-12: what the handler writes in English reaches the person in Spanish, once and in order; the record has both', async () => {
      const page = await beginChat(() => at.queue, { account });
      await at.translated(page.id, 1);
      await at.does(page.id, { kind: 'claim' }, reply('Are you safe now?'), reply('Do not open the door.'));
      await page.until(() => page.lines.length === 2);
      expect(page.lines[1]).toMatch(/puerta/);
      const { lines } = await page.asks({ after: 0 });
      expect(lines.map(({ n, lang }) => [n, lang])).toEqual([
        [1, 'es'],
        [2, 'es'],
      ]);
      const [contact] = await at.queue.service.contacts([page.id]);
      expect(contact?.chat?.replies.map(({ text }) => text)).toEqual([
        'Are you safe now?',
        'Do not open the door.',
      ]);
    });
  },
);

describe('a language that a handler chose', () => {
  it('LG-04: wins over what was read: what they wrote is done again, what we write goes out in it, and taken back it is read again', async () => {
    const asked: string[] = [];
    const provider: TranslationProvider = {
      engine: 'libretranslate',
      longest: 5_000,
      translate: ({ text, from, to }) => {
        asked.push(`${from}>${to}`);
        return Promise.resolve({ kind: 'translated', text: `[${to}] ${text}`, version: '1', leftWords: [] });
      },
      languages: () => Promise.resolve({ kind: 'known', intoEnglish: [], fromEnglish: [] }),
      health: () => Promise.resolve(null),
    };
    const at = await aDesk(provider);
    const page = await beginChat(() => at.queue, { account });
    await at.translated(page.id, 1);
    await at.does(page.id, { kind: 'claim' }, { kind: 'choose-language', code: 'gl' });
    await expect.poll(() => asked).toEqual(['es>en', 'gl>en']);
    await at.does(page.id, reply('Are you safe now?'));
    await page.until(() => page.lines.length === 1);
    expect(page.lines).toEqual(['[gl] Are you safe now?']);
    const record = async () => (await at.queue.service.contacts([page.id]))[0];
    await expect
      .poll(async () => (await record())?.translations.map(({ language }) => language))
      .toEqual([
        { code: 'gl', from: 'chosen' },
        { code: 'gl', from: 'chosen' },
      ]);
    await at.does(page.id, { kind: 'choose-language', code: null });
    await expect
      .poll(async () => (await record())?.translations[0]?.language)
      .toEqual({ code: 'es', from: 'line' });
    expect((await record())?.languageChosen).toBe(null);
    await at.stop();
  });
});

describe('a chat in another language while the service has trouble', () => {
  it('LG-09, LG-12: goes on untranslated in both directions, and says so on the desk', async () => {
    // Nobody listens on this port.
    const provider = new Apertium({
      url: 'http://127.0.0.1:9',
      version: '',
      timers: systemTimers,
      timeoutMs: 4_000,
    });
    const at = await aDesk(provider);
    const page = await beginChat(() => at.queue, { account });
    await at.translated(page.id, 1);
    await at.does(page.id, { kind: 'claim' }, reply('Are you safe now?'));
    await page.until(() => page.lines.length === 1);
    const { lines } = await page.asks({ after: 0 });
    expect(lines).toMatchObject([{ text: 'Are you safe now?', lang: null }]);
    const all = await at.translated(page.id, 2);
    expect(all.map(({ outcome }) => outcome)).toEqual([
      { kind: 'untranslated', trouble: { kind: 'down' } },
      { kind: 'untranslated', trouble: { kind: 'down' } },
    ]);
    await at.stop();
  });

  it('LG-02: a chat in English leaves nothing of it, and nothing waits', async () => {
    const provider = new Apertium({
      url: 'http://127.0.0.1:9',
      version: '',
      timers: systemTimers,
      timeoutMs: 4_000,
    });
    const at = await aDesk(provider);
    const page = await beginChat(() => at.queue);
    await at.does(page.id, { kind: 'claim' }, reply('Where are you?'));
    expect(await page.until(() => page.lines.length === 1)).toMatchObject({ lines: [{ lang: null }] });
    const [contact] = await at.queue.service.contacts([page.id]);
    expect([contact?.translations, contact?.language]).toEqual([[], null]);
    await at.stop();
  });
});

const echo = (answers: () => Promise<ReturnType<typeof okay>>): TranslationProvider => ({
  engine: 'libretranslate',
  longest: 5_000,
  translate: answers,
  languages: () => Promise.resolve({ kind: 'known', intoEnglish: ['es'], fromEnglish: ['es'] }),
  health: () => Promise.resolve(null),
});
const okay = (text: string) => ({ kind: 'translated', text, version: '1', leftWords: [] }) as const;

describe('what a queue left behind', () => {
  it('LG-16, LG-15: a queue that comes back has translated what it was killed before, also of a report, and its desks hear how the service stands', async () => {
    const first = await startTestQueue({ store: 'postgres' });
    const page = await beginChat(() => first, { account });
    await page.says('No llame a nadie, por favor, tiene un cuchillo.');
    const report = await beginChat(() => first, { account, channel: 'online-report' });
    const [before] = await first.service.contacts([page.id]);
    expect(before?.translations).toEqual([]);
    const provider = echo(() => Promise.resolve(okay('He carries a knife')));
    await using queue = await startTestQueue({
      store: 'postgres',
      ...(first.connectionString !== undefined && { connectionString: first.connectionString }),
      translator: translatorOf(provider),
    });
    const linesOf = async (id: ContactId) =>
      (await queue.service.contacts([id]))[0]?.translations.map(({ line, outcome }) => [line, outcome.kind]);
    await expect.poll(() => linesOf(page.id)).toHaveLength(2);
    await expect.poll(() => linesOf(report.id)).toEqual([['account', 'translated']]);
    const desk = startDesk({ queueUrl: queue.deskUrl });
    await desk.untilLink('live');
    const { translation } = await desk.request('desk.read', {});
    expect(translation).toMatchObject({ engine: 'libretranslate', trouble: null });
    expect(await checkAudit(queue.store)).toMatchObject({ flaw: null });
    desk.stop();
    await queue.stop();
    await first.stop();
  });

  it('LG-15, LG-16: trouble of the service reaches the desk and leaves it; what stood untranslated meanwhile is done then', async () => {
    let isDown = true;
    const provider: TranslationProvider = {
      ...echo(() => Promise.resolve(okay('My boss has my passport'))),
      translate: () =>
        Promise.resolve(
          isDown
            ? { kind: 'trouble', trouble: { kind: 'down' }, retryAfterMs: null }
            : okay('My boss has my passport'),
        ),
      health: () =>
        Promise.resolve(isDown ? { kind: 'trouble', trouble: { kind: 'down' }, retryAfterMs: null } : null),
    };
    await using queue = await startTestQueue({ store: 'memory', translator: translatorOf(provider) });
    const desk = startDesk({ queueUrl: queue.deskUrl });
    await desk.untilLink('live');
    const stands = (kind: string | null) =>
      desk.until(
        () => desk.request('desk.read', {}),
        ({ translation }) => (translation?.trouble?.kind ?? null) === kind,
      );
    await stands(null);
    const page = await beginChat(() => queue, { account });
    await stands('down');
    isDown = false;
    await desk.until(
      () => desk.request('desk.read', {}),
      ({ translation }) => translation?.trouble === null && translation.languages?.fromEnglish[0] === 'es',
    );
    const outcome = async () => (await queue.service.contacts([page.id]))[0]?.translations[0]?.outcome.kind;
    await expect.poll(outcome).toBe('translated');
    desk.stop();
  });

  it('AS-02, O-07: risk words that only the translation has put the contact before the others', async () => {
    const provider = echo(() => Promise.resolve(okay('There is a knife')));
    using policies = new PoliciesInForce({
      folder: shippedPolicies,
      timers: systemTimers,
      log: silentLogger,
    });
    await using queue = await startTestQueue({
      store: 'memory',
      policies,
      translator: translatorOf(provider),
    });
    const page = await beginChat(() => queue, { account: 'Mi vecino lleva una chaira por la calle.' });
    const flags = async () => (await queue.service.contacts([page.id]))[0]?.flags.lookFirst;
    await expect.poll(flags).toBe(true);
  });
});
