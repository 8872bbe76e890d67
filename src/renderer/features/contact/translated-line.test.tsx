import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { doubtsOf } from '../../../shared/domain/language/doubt.ts';
import type { Translation, TranslationOutcome } from '../../../shared/domain/language/translation.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { TRICK_SIGN } from '../../app/shown-text.ts';
import { START } from '../../testing/builders.ts';
import { TranslatedLine, type TranslatedLineProps } from './translated-line.tsx';

afterEach(cleanup);

function translated(original: string, text: string, over: Partial<Translation> = {}): TranslationOutcome {
  const { from = 'es', to = 'en', by = 'line' } = over;
  const looked = doubtsOf({ original, translation: text, from, to, by });
  const translation: Translation = {
    ...{ text, from, to, by, engine: 'apertium', version: 'apy 0.11.7', at: asInstant(START) },
    ...looked,
    ...over,
  };
  return { kind: 'translated', translation };
}

const line = (over: Partial<TranslatedLineProps> & Pick<TranslatedLineProps, 'original'>) =>
  render(<TranslatedLine language="es" outcome={null} shows="both" {...over} />);
const side = (name: string) => screen.getByRole('group', { name });
const textOf = (name: string) => within(side(name)).getAllByText((_, element) => element?.tagName === 'P')[1];

describe('a line and its translation', () => {
  const original = 'No puedo salir. Llame al 07700 900123.';

  test('LG-05: stand side by side, English first, with who made it and that it is not their words', () => {
    line({ original, outcome: translated(original, 'I cannot leave. Call 07700 900123.') });
    const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'));
    expect(groups).toEqual(['English, by machine', 'Spanish, as they wrote it']);
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(original);
    expect(screen.getByText(/Spanish to English · Apertium apy 0\.11\.7, /).textContent).toMatch(
      /never their words$/,
    );
    expect(screen.queryByText('Doubt')).toBeNull();
  });

  test('LG-05: one key shows the original alone', () => {
    line({ original, outcome: translated(original, 'I cannot leave.'), shows: 'original' });
    expect(screen.getAllByRole('group')).toHaveLength(1);
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(original);
  });

  test('LG-12: what the handler wrote stands on the left, what the person gets on the right', () => {
    const ours = 'Do not open the door.';
    line({
      original: ours,
      language: 'en',
      outcome: translated(ours, 'No abra la puerta.', { from: 'en', to: 'es' }),
    });
    const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'));
    expect(groups).toEqual(['As you wrote it', 'Spanish, as they get it, by machine']);
    expect(screen.queryByText(/^Read back:/)).toBeNull();
  });

  test('LG-06: what is to be read back is marked in both texts and listed from their own words', () => {
    line({ original, outcome: translated(original, 'I cannot leave. Call 07700 900321.') });
    const marks = (name: string) =>
      [...side(name).querySelectorAll('mark')].map((mark) => [mark.dataset['kind'], mark.textContent]);
    expect(marks('Spanish, as they wrote it')).toEqual([
      ['not', 'No'],
      ['telephone', '07700 900123'],
    ]);
    expect(marks('English, by machine')).toEqual([
      ['not', 'cannot'],
      ['telephone', '07700 900321'],
    ]);
    expect(screen.getByText(/^Read back:/).textContent).toBe('Read back: 07700 900123');
  });

  test('LG-06: a house number and its street are read back together, in digits that a handler reads', () => {
    const [spanish, arabic] = ['Vivo en Stevenage, 12 Larkmere Close.', 'رقم البيت ١٢'];
    line({ original: spanish, outcome: translated(spanish, 'I live in Stevenage, 12 Larkmere Close.') });
    line({
      original: arabic,
      language: 'ar',
      outcome: translated(arabic, 'House number 12', { from: 'ar' }),
    });
    expect(screen.getAllByText(/^Read back:/).map(({ textContent }) => textContent)).toEqual([
      'Read back: Stevenage · 12 Larkmere Close',
      'Read back: 12',
    ]);
  });

  test('LG-07: each doubt is a sentence with its mark', () => {
    line({ original, outcome: translated(original, 'I can leave. Call 07700 900321.') });
    const doubts = screen.getByRole('note', { name: 'Doubts about the translation' });
    expect([...doubts.querySelectorAll('p')].map((item) => item.textContent)).toEqual([
      'Doubt The numbers differ: “07700 900123” in the original, “07700 900321” in the translation.',
      'Doubt The original says “not”, the translation does not: ask again.',
    ]);
  });

  test('LG-08: a language nobody can check says what was not checked', () => {
    const somali = 'Ma bixi karo guriga';
    line({
      original: somali,
      language: 'so',
      outcome: translated(somali, 'I can leave the house', { from: 'so' }),
    });
    expect(screen.getByText('Not checked: negations, numbers in words, kinship.')).toBeTruthy();
  });

  test('LG-09: without a translation the line stands as it was written, with the reason', () => {
    line({ original, outcome: { kind: 'untranslated', trouble: { kind: 'down' } } });
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(original);
    expect(screen.getByText('Untranslated').parentElement?.textContent).toBe(
      'Untranslated The translation service cannot be reached. The chat goes on untranslated; for risk, use an interpreter.',
    );
  });

  test('LG-05: while it is being translated the original is there already', () => {
    const { container } = line({ original });
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(original);
    expect(screen.getByText('Being translated …')).toBeTruthy();
    // The room of the translation is there before it: the original does not move to its own half when it comes.
    expect(container.querySelector('[data-shows]')?.getAttribute('data-shows')).toBe('both');
  });

  test('AS-02: a risk word is marked where it stands, in their words and in the translation, and what is read back is marked beside it', () => {
    const text = 'He has no knife, call 07700 900123';
    line({
      original,
      outcome: translated(original, text),
      risk: {
        original: [],
        translation: [{ from: 10, to: 15, title: 'weapon: knife', isEmergency: true }],
      },
    });
    const marks = [...side('English, by machine').querySelectorAll('mark')];
    expect(marks.map((mark) => [mark.textContent, mark.dataset['emergency'], mark.dataset['kind']])).toEqual([
      ['no', 'false', 'not'],
      ['knife', 'true', undefined],
      ['07700 900123', 'false', 'telephone'],
    ]);
    expect(textOf('English, by machine')?.textContent).toBe(text);
  });

  test('LG-12: what could not be translated says that they read it in English', () => {
    line({
      original: 'Where are you?',
      language: 'en',
      outcome: { kind: 'untranslated', trouble: { kind: 'down' } },
    });
    expect(screen.getByText('Untranslated').parentElement?.textContent).toContain('They read it in English.');
  });

  test('LG-13: each text has its language and its direction, and a number in it stays whole', () => {
    const urdu = 'میرا نمبر 07700 900123 ہے';
    line({
      original: urdu,
      language: 'ur',
      outcome: translated(urdu, 'My number is 07700 900123', { from: 'ur' }),
    });
    const text = textOf('Urdu, as they wrote it');
    expect([text?.getAttribute('dir'), text?.getAttribute('lang')]).toEqual(['rtl', 'ur']);
    expect(text?.querySelector('mark')?.getAttribute('dir')).toBe('ltr');
    expect(textOf('English, by machine')?.getAttribute('dir')).toBe('ltr');
  });

  test('LG-13: an address in Latin letters keeps its order within a text from right to left', () => {
    const arabic = 'أنا في 12 Larkmere Close الآن';
    line({
      original: arabic,
      language: 'ar',
      outcome: translated(arabic, 'I am in 12 Larkmere Close now', { from: 'ar' }),
    });
    const whole = textOf('Arabic, as they wrote it')?.querySelector('bdi');
    expect([whole?.textContent, whole?.dir]).toEqual(['12 Larkmere Close', 'ltr']);
    expect(textOf('Arabic, as they wrote it')?.textContent).toBe(arabic);
  });

  test('W-10: a hostile text is shown as text, whole', () => {
    const hostile = '<img src=x onerror=alert(1)> \u202e no &amp; 07700 900123';
    line({ original: hostile, outcome: translated(hostile, hostile) });
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(hostile.replace('\u202e', TRICK_SIGN));
    expect(document.querySelector('img')).toBeNull();
  });
});
