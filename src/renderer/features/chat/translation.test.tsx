import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { doubtsOf } from '../../../shared/domain/language/doubt.ts';
import type { Translation, TranslationOutcome } from '../../../shared/domain/language/translation.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { START } from '../../testing/builders.ts';
import { LanguageChooser } from './language-chooser.tsx';
import { LanguageLine, type LanguageLineProps } from './language-line.tsx';
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
    expect(
      screen.getByText(/Spanish to English, read from the line · Apertium apy 0\.11\.7, /).textContent,
    ).toMatch(/never their words$/);
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
    const doubts = screen.getByRole('list', { name: 'Doubts about the translation' });
    expect(
      within(doubts)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([
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
    line({ original });
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(original);
    expect(screen.getByText('Being translated …')).toBeTruthy();
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

  test('W-10: a hostile text is shown as text, whole', () => {
    const hostile = '<img src=x onerror=alert(1)> \u202e no &amp; 07700 900123';
    line({ original: hostile, outcome: translated(hostile, hostile) });
    expect(textOf('Spanish, as they wrote it')?.textContent).toBe(hostile);
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('the language of the conversation', () => {
  const show = (over: Partial<LanguageLineProps>) => {
    const onChange = vi.fn<() => void>();
    const onTakeBack = vi.fn<() => void>();
    const given = { inForce: null, reading: null, service: null, onChange, onTakeBack, ...over };
    render(<LanguageLine {...given} />);
    return { onChange, onTakeBack };
  };
  const group = () => screen.getByRole('group', { name: 'Language of the conversation' });

  test('LG-03: says how it was settled and with which measure', () => {
    const reading = { language: 'es', confidence: 0.812, unsure: null, couldBe: [] };
    show({ inForce: { code: 'es', from: 'line' }, reading });
    expect(group().textContent).toMatch(
      /^Spanish, read from the line EspañolReads as Spanish, measure 0\.81/,
    );
  });

  test('LG-03: a guess says so first, with what else it could be', () => {
    const reading = { language: 'nb', confidence: 0.79, unsure: 'too-close', couldBe: ['sv'] } as const;
    show({ inForce: { code: 'nb', from: 'guess' }, reading });
    expect(screen.getByText('Unsure')).toBeTruthy();
    expect(screen.getByText('Unsure: Norwegian, or Swedish (two fit about as well)')).toBeTruthy();
  });

  test('LG-04: a handler’s choice can be taken back, and a line that surely reads otherwise is said', async () => {
    const reading = { language: 'en', confidence: 0.8, unsure: null, couldBe: [] };
    const { onTakeBack, onChange } = show({ inForce: { code: 'ur', from: 'chosen' }, reading });
    expect(screen.getByText('Reads as English, measure 0.80')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Take the choice back' }));
    await userEvent.click(screen.getByRole('button', { name: 'Choose language' }));
    expect([onTakeBack.mock.calls.length, onChange.mock.calls.length]).toEqual([1, 1]);
  });

  test('LG-09: the service’s trouble is said, and when it is asked again', () => {
    const service = {
      engine: 'azure',
      version: '3.0',
      trouble: { kind: 'over-quota' },
      againAt: asInstant(START),
    } as const;
    show({ inForce: { code: 'es', from: 'line' }, service });
    expect(screen.getByRole('status').textContent).toMatch(
      /^No translation The translation service’s allowance is used up.* Asked again at \d\d:\d\d:\d\d\.$/,
    );
  });
});

describe('choosing a language', () => {
  const choose = (translatedCodes: readonly string[] | null = null) => {
    const onChoose = vi.fn<(code: string) => void>();
    const onLeave = vi.fn<() => void>();
    render(
      <LanguageChooser
        translated={translatedCodes}
        onChoose={onChoose}
        onLeave={onLeave}
        fieldRef={() => undefined}
      />,
    );
    return { onChoose, onLeave, field: screen.getByRole('combobox', { name: /Language/ }) };
  };
  const options = () => screen.queryAllByRole('option').map((option) => option.textContent);

  test('LG-01: by its English name, or by its own', async () => {
    const { field, onChoose } = choose();
    await userEvent.type(field, 'polsk{Enter}');
    expect(onChoose).toHaveBeenLastCalledWith('pl');
    await userEvent.clear(field);
    await userEvent.type(field, 'اردو{Enter}');
    expect(onChoose).toHaveBeenLastCalledWith('ur');
  });

  test('LG-01: arrows go through what is found, Enter chooses, Escape leaves', async () => {
    const { field, onChoose, onLeave } = choose();
    await userEvent.type(field, 'kurd');
    expect(options()).toEqual(['Kurdish (Kurmanji)Kurdî (Kurmancî)', 'Kurdish (Sorani)کوردیی ناوەندی']);
    await userEvent.type(field, '{ArrowDown}{ArrowDown}{Enter}{Escape}');
    expect([onChoose.mock.calls, onLeave.mock.calls.length]).toEqual([[['ku']], 1]);
    expect(screen.getByRole('option', { selected: true }).textContent).toMatch(/Sorani/);
  });

  test('LG-01: says what has no machine translation, by the list and by what the service says it has', async () => {
    const { field } = choose(['es']);
    await userEvent.type(field, 'romani');
    expect(options()).toContain('RomaniRomani čhibno machine translation: interpreter');
    await userEvent.clear(field);
    await userEvent.type(field, 'spanish');
    expect(options()).toEqual(['SpanishEspañol']);
  });

  test('LG-01: nothing found is said', async () => {
    const { field, onChoose } = choose();
    await userEvent.type(field, 'zzz{Enter}');
    expect([options(), onChoose.mock.calls.length, screen.getByRole('status').textContent]).toEqual([
      [],
      0,
      'No language of this name. Try its name in English.',
    ]);
  });

  test('LG-13: a name from right to left stands so', async () => {
    const { field } = choose();
    await userEvent.type(field, 'urdu');
    expect(screen.getByText('اردو').getAttribute('dir')).toBe('rtl');
  });
});
