import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, systemTimers } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { Apertium } from '../../src/queue/translation/apertium.ts';
import { openDetector } from '../../src/queue/translation/detector.ts';
import { LineTranslator } from '../../src/queue/translation/line-translator.ts';
import { doubtSentence } from '../../src/shared/domain/language/doubt.ts';
import { apertiumMissing, hasApertium, startApertium, type ApertiumServer } from '../harness/apertium.ts';

/** A real engine, started here: what a conversation in Spanish is for a handler, both ways. */
describe.skipIf(!hasApertium)(
  `a conversation through a real Apertium${hasApertium ? '' : `: ${apertiumMissing}`}`,
  () => {
    let server: ApertiumServer;
    let translator: LineTranslator;
    let provider: Apertium;
    beforeAll(async () => {
      server = await startApertium();
      provider = new Apertium({
        url: server.url,
        version: server.version,
        timers: systemTimers,
        timeoutMs: 20_000,
      });
      translator = new LineTranslator({
        provider,
        detector: await openDetector(),
        clock: systemClock,
        log: silentLogger,
      });
    });
    afterAll(async () => {
      translator[Symbol.dispose]();
      await server.stop();
    });

    const signal = new AbortController().signal;
    const said: string[] = [];
    /** A line of the public as the queue would take it: read, and translated if it is foreign. */
    async function publicSays(text: string) {
      const { language, line } = translator.readLine({ text, before: said, chosen: null, told: null });
      said.push(text);
      if (language === null) throw new Error('no language');
      const { code: from, from: by } = language;
      const outcome = await translator.translateLine({
        ...{ text, from, to: 'en', by, couldBe: line.couldBe, conversation: 'chat', signal },
      });
      if (outcome.kind === 'untranslated') throw new Error(outcome.trouble.kind);
      return outcome.translation;
    }
    async function handlerSays(text: string) {
      const outcome = await translator.translateLine({
        ...{ text, from: 'en', to: 'es', by: 'chosen' as const, conversation: 'chat', signal },
      });
      if (outcome.kind === 'untranslated') throw new Error(outcome.trouble.kind);
      return outcome.translation;
    }
    const doubts = ({ doubts: all }: Awaited<ReturnType<typeof handlerSays>>) => all.map(doubtSentence);

    it('LG-02, LG-05: the first line is read as Spanish and stands in English beside the original, with what made it', async () => {
      const translation = await publicSays('Mi jefe tiene mi pasaporte y no puedo salir de la casa.');
      expect(translation).toMatchObject({ from: 'es', to: 'en', by: 'line', engine: 'apertium' });
      expect(translation.version).toMatch(/^apy \d.*, eng-spa \d/);
      expect(translation.text).toMatch(/boss has my passport.*not/);
      expect(doubts(translation)).toEqual([]);
    });

    it('LG-06, LG-07: number, postcode, name and “not” come through unharmed, and nothing is doubted', async () => {
      const translation = await publicSays('No llame al 07700 900123. Estoy en Larkmere Close 12, SG1 9VO.');
      expect(translation.text).toContain('07700 900123');
      expect(translation.text).toContain('SG1 9VO');
      expect(translation.text).toContain('Larkmere Close 12');
      expect(doubts(translation)).toEqual([]);
    });

    it('LG-02: a line of one word is read with those before it', async () => {
      expect(await publicSays('ayuda')).toMatchObject({ from: 'es', by: 'conversation', text: 'Help' });
    });

    it('LG-07: a word that the engine does not know is left, and named', async () => {
      const translation = await publicSays('Me ha dado un zarpullido en la casa de mi jefe');
      expect(translation.text).toContain('zarpullido');
      expect(doubts(translation)).toContain(
        'Not translated, because the engine does not know it: “zarpullido”.',
      );
    });

    it('LG-12: what the handler types goes to the person in Spanish', async () => {
      const translation = await handlerSays('Are you safe now? Do not open the door.');
      expect(translation).toMatchObject({ from: 'en', to: 'es', engine: 'apertium' });
      expect(translation.text).toMatch(/ahora/);
      expect(translation.text).toMatch(/puerta/);
    });

    it('LG-07: a “not” that this engine loses on the way is seen', async () => {
      const translation = await handlerSays('The police will not ring you back');
      const loses = !/\bno\b/i.test(translation.text);
      expect(doubts(translation).some((sentence) => sentence.includes('not'))).toBe(loses);
    });

    it('LG-09: hostile and odd text goes through it as text: tags, stars, lines, smiles', async () => {
      for (const text of [
        '<b>hola</b> & "adiós" {x} [y] ^a/b$ @c \\',
        'uno\ndos\n\ntres',
        '*hola* **casa**',
        '🙂 sí 🙂',
      ]) {
        const answer = await provider.translate({ text, from: 'es', to: 'en', signal });
        expect(answer).toMatchObject({ kind: 'translated' });
        const signs = (words: string): string => words.replace(/[^<>{}[\]^@\\🙂\n]/gu, '');
        expect(answer.kind === 'translated' ? signs(answer.text) : '').toBe(signs(text));
      }
    });

    it('LG-09: it tells which languages it has, and refuses the others in a sentence', async () => {
      expect(await provider.languages(signal)).toMatchObject({
        kind: 'known',
        intoEnglish: ['es'],
        fromEnglish: ['es'],
      });
      expect(await provider.translate({ text: 'x', from: 'pl', to: 'en', signal })).toMatchObject({
        trouble: { kind: 'unsupported', from: 'pl', to: 'en' },
      });
    });

    it('LG-11: forty lines at once are all translated, each to its own', async () => {
      const lines = Array.from({ length: 40 }, (_, n) => n + 2);
      const outcomes = await Promise.all(
        lines.map((n) =>
          translator.translateLine({
            ...{ text: `Tengo ${n} hijos`, from: 'es', to: 'en', by: 'line' as const },
            ...{ conversation: `chat-${n % 10}`, signal },
          }),
        ),
      );
      expect(
        outcomes.map((one) => (one.kind === 'translated' ? one.translation.text : one.trouble.kind)),
      ).toEqual(lines.map((n) => `Have ${n} children`));
    });
  },
);
