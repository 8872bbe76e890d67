import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { asInstant } from '../../../shared/domain/time.ts';
import { START } from '../../testing/builders.ts';
import { LanguageChooser } from './language-chooser.tsx';
import { LanguageLine, type LanguageLineProps } from './language-line.tsx';

afterEach(cleanup);

describe('the language of the conversation', () => {
  const show = (over: Partial<LanguageLineProps>) => {
    const onTakeBack = vi.fn<() => void>();
    const given = { inForce: null, reading: null, service: null, onTakeBack, ...over };
    render(<LanguageLine {...given} />);
    return { onTakeBack };
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
    const { onTakeBack } = show({ inForce: { code: 'ur', from: 'chosen' }, reading });
    expect(screen.getByText('Reads as English, measure 0.80')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Take the choice back' }));
    expect(onTakeBack.mock.calls).toHaveLength(1);
  });

  test('LG-09: the service’s trouble is said, and when it is asked again', () => {
    const service = {
      engine: 'azure',
      version: '3.0',
      trouble: { kind: 'over-quota' },
      againAt: asInstant(START),
      languages: null,
    } as const;
    show({ inForce: { code: 'es', from: 'line' }, service });
    expect(screen.getByRole('status').textContent).toMatch(
      /^No translation The translation service’s allowance is used up.* Asked again from \d\d:\d\d:\d\d\.$/,
    );
  });
});

describe('choosing a language', () => {
  /** The chooser with what the sheet keeps for it. */
  function Held({
    translated,
    likely,
  }: {
    readonly translated: readonly string[] | null;
    readonly likely: readonly string[];
  }) {
    const [typed, setTyped] = useState('');
    const [marked, setMarked] = useState<number | null>(null);
    return (
      <LanguageChooser
        typed={typed}
        onType={(text) => {
          setTyped(text);
          setMarked(null);
        }}
        likely={likely}
        at={marked ?? (typed === '' ? null : 0)}
        onMark={setMarked}
        translated={translated}
        onChoose={onChoose}
        fieldRef={() => undefined}
      />
    );
  }
  const onChoose = vi.fn<(code: string) => void>();
  const choose = (translated: readonly string[] | null = null, likely: readonly string[] = []) => {
    onChoose.mockClear();
    render(<Held translated={translated} likely={likely} />);
    return screen.getByRole('combobox', { name: /Language/ });
  };
  const options = () => screen.queryAllByRole('option').map((option) => option.textContent);

  test('LG-01: by its English name, or by its own', async () => {
    const field = choose();
    await userEvent.type(field, 'polsk{Enter}');
    expect(onChoose).toHaveBeenLastCalledWith('pl');
    await userEvent.clear(field);
    await userEvent.type(field, 'اردو{Enter}');
    expect(onChoose).toHaveBeenLastCalledWith('ur');
  });

  test('LG-01: arrows go through what is found, and Enter chooses', async () => {
    const field = choose();
    await userEvent.type(field, 'kurd');
    expect(options()).toEqual(['Kurdish (Kurmanji)Kurdî (Kurmancî)', 'Kurdish (Sorani)کوردیی ناوەندی']);
    await userEvent.type(field, '{ArrowDown}{ArrowDown}{Enter}');
    expect(onChoose.mock.calls).toEqual([['ku']]);
    expect(screen.getByRole('option', { selected: true }).textContent).toMatch(/Sorani/);
  });

  test('LG-03: while nothing is typed it offers what it could be, and a slip chooses none of them', async () => {
    const field = choose(null, ['hi', 'ne', 'hi']);
    expect(options()).toEqual(['Hindiहिन्दी', 'Nepaliनेपाली']);
    await userEvent.type(field, '{Enter}');
    expect(onChoose.mock.calls).toEqual([]);
    await userEvent.type(field, '{ArrowDown}{Enter}');
    expect(onChoose.mock.calls).toEqual([['hi']]);
  });

  test('LG-01: says what has no machine translation, by the list and by what the service says it has', async () => {
    const field = choose(['es']);
    await userEvent.type(field, 'romani');
    expect(options()).toContain('RomaniRomani čhibno machine translation: interpreter');
    await userEvent.clear(field);
    await userEvent.type(field, 'spanish');
    expect(options()).toEqual(['SpanishEspañol']);
  });

  test('LG-01: nothing found is said', async () => {
    const field = choose();
    await userEvent.type(field, 'zzz{Enter}');
    expect([options(), onChoose.mock.calls.length, screen.getByRole('status').textContent]).toEqual([
      [],
      0,
      'No language of this name. Try its name in English.',
    ]);
  });

  test('LG-13: a name from right to left stands so', async () => {
    const field = choose();
    await userEvent.type(field, 'urdu');
    expect(screen.getByText('اردو').getAttribute('dir')).toBe('rtl');
  });
});
