import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { newChat, type Chat } from '../../../shared/domain/chat/chat.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import { doubtsOf } from '../../../shared/domain/language/doubt.ts';
import type { LineInLanguage } from '../../../shared/domain/language/lines.ts';
import type { ServiceState } from '../../../shared/domain/language/translation.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, anActor, people, START, uuid, type ContactOptions } from '../../testing/builders.ts';
import { grid, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const open = async (contact: Contact, translation: ServiceState | null = works): Promise<Window> => {
  rendered = await renderWindow({ contacts: [contact] });
  rendered.bridge.setDesk({ translation });
  await openFirst(rendered);
  return rendered;
};
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const works: ServiceState = {
  engine: 'apertium',
  version: 'apy 0.11.7',
  trouble: null,
  againAt: null,
  languages: { intoEnglish: ['es'], fromEnglish: ['es'] },
};
const by = anActor(14, people.handler.handler);
const made = (line: string, original: string, text: string, to = 'en'): LineInLanguage => {
  const from = to === 'en' ? 'es' : 'en';
  const looked = doubtsOf({ original, translation: text, from, to, by: 'line' });
  const translation = {
    text,
    from,
    to,
    by: 'line',
    engine: 'apertium',
    version: 'apy 0.11.7',
    at: START,
  } as const;
  return {
    line,
    reading: to === 'en' ? { language: 'es', confidence: 0.8, unsure: null, couldBe: [] } : null,
    language: { code: 'es', from: 'line' },
    outcome: { kind: 'translated', translation: { ...translation, ...looked } },
    at: START,
  };
};
const untranslated = (line: string): LineInLanguage => ({
  ...made(line, '', ''),
  outcome: { kind: 'untranslated', trouble: { kind: 'over-quota' } },
});

const account = 'Mi jefe no me deja salir.';
const english = 'My boss does not let me go out.';
const says = (key: string, text: string) =>
  ({ key, from: 'public', text, language: null, at: asInstant(START - 30_000) }) as const;
const aChat = (over: Partial<ContactOptions> = {}): Contact =>
  aContact({
    n: 1,
    channel: 'web-chat',
    channelState: 'active',
    account,
    language: 'es',
    translations: [made('account', account, english)],
    ownership: { kind: 'owned', by, since: START },
    ...over,
  });
const region = (name: string) => screen.getByRole('region', { name });
const labels = (element: HTMLElement) =>
  within(element)
    .queryAllByRole('group')
    .map((group) => group.getAttribute('aria-label'))
    .filter((label) => label !== 'Risk words');
const composer = () => region('Line to the public');

describe('what the public wrote in another language', () => {
  test('LG-05: stands with its translation beside it, in the account, in messages and in the form, each matched by its line', async () => {
    const form = {
      kind: 'crime',
      answers: [
        { id: 'what', question: 'What happened?', answer: 'Me robaron el bolso' },
        { id: 'hurt', question: 'Is anybody hurt?', answer: 'No' },
      ],
    };
    const contact = aChat({
      channel: 'online-report',
      form,
      messages: [says('m1', 'Tengo miedo'), says('m2', 'ok')],
      translations: [
        made('account', account, english),
        made('answer what', 'Me robaron el bolso', 'They stole my bag'),
        made('m1', 'Tengo miedo', 'I am afraid'),
      ],
    });
    await open(contact);
    const pair = ['English, by machine', 'Spanish, as they wrote it'];
    expect([labels(region('Account')), labels(region('Their form')), labels(region('Notes'))]).toEqual([
      pair,
      pair,
      pair,
    ]);
    expect(region('Account').textContent).toContain('Apertium apy 0.11.7, 14:05:00 · never their words');
    const form2 = within(region('Their form')).getByText('They stole my bag');
    expect(form2.closest('[data-answer]')?.getAttribute('data-answer')).toBe('what');
  });

  test('LG-05: one key shows their words alone, and the same key brings the translation back; from the note by a chord', async () => {
    const window = await open(aChat());
    await press('v', window);
    expect(labels(region('Account'))).toEqual(['Spanish, as they wrote it']);
    await press('t', window);
    await press('{Control>}t{/Control}', window);
    expect(labels(region('Account'))).toHaveLength(2);
  });

  test('LG-09: what is not translated says why, in a sentence', async () => {
    await open(aChat({ translations: [untranslated('account')] }));
    expect(region('Account').textContent).toContain(
      'Untranslated The translation service’s allowance is used up for now.',
    );
  });

  test('W-03, LG-05: the room of a translation that is on its way is there before it, and the original stays where it is when it comes', async () => {
    const contact = aChat({ messages: [{ ...says('m1', 'No puedo salir'), at: START }] });
    const window = await open(contact);
    const entry = () => within(region('Notes')).getByRole('listitem');
    const layout = () => entry().querySelector('[data-shows]')?.getAttribute('data-shows');
    expect([layout(), entry().textContent?.includes('Being translated …')]).toEqual(['both', true]);
    window.bridge.arrive({
      ...contact,
      rev: contact.rev + 1,
      translations: [...contact.translations, made('m1', 'No puedo salir', 'I cannot leave')],
    });
    await window.settle();
    expect([layout(), entry().textContent?.includes('Being translated …')]).toEqual(['both', false]);
    expect(entry().textContent).toContain('I cannot leave');
  });

  test('W-03: a line before a translated one was English, and nothing is waited for beside it', async () => {
    const messages = [
      { ...says('m0', 'Hello there'), at: START },
      { ...says('m1', 'No puedo salir'), at: START },
    ];
    await open(aChat({ messages, translations: [made('m1', 'No puedo salir', 'I cannot leave')] }));
    expect(screen.getByRole('group', { name: 'Contact' }).textContent).not.toContain('Being translated');
  });

  test('LG-09: nothing is waited for while the service has trouble, nor for an old line', async () => {
    const contact = aChat({ messages: [{ ...says('m1', 'hola'), at: START }, says('m0', 'antes')] });
    await open(contact, { ...works, trouble: { kind: 'down' } });
    expect(region('Notes').textContent).not.toContain('Being translated');
  });
});

describe('risk words in a translation (AS-02, AS-03)', () => {
  // The words of the policy in Spanish know nothing of this one; its English does.
  const text = 'Lleva una chaira';
  const contact = aChat({
    account: 'Hola',
    messages: [says('m1', text)],
    translations: [made('m1', text, 'He has not got a knife')],
  });

  test('are marked there, named as of the translation, and offer promotion; a negation takes nothing away', async () => {
    const window = await open(contact);
    const translation = within(region('Notes')).getByRole('group', { name: 'English, by machine' });
    expect(within(translation).getByText('knife').tagName).toBe('MARK');
    const line = screen.getByRole('group', { name: 'Risk words' });
    expect(line.textContent).toContain('weapon (in the translation)');
    await press('{Shift>}e{/Shift}', window);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /reason/i }).value).toContain('knife');
  });

  test('stand in the look from the list too', async () => {
    const report = {
      ...contact,
      channel: 'online-report',
      ownership: { kind: 'waiting', since: START },
    } as const;
    rendered = await renderWindow({ contacts: [report] });
    await press('gg', rendered);
    grid().focus();
    await press('j', rendered);
    await press(' ', rendered);
    const look = screen.getByRole('article', { name: 'Look' });
    expect(look.textContent).toContain('weapon (in the translation)');
  });
});

describe('what we write to somebody who reads another language (LG-12)', () => {
  const reply = {
    id: asCommandId(uuid(50)),
    n: 1,
    after: 0,
    text: 'Are you safe?',
    canned: null,
    by,
    at: START,
  };
  const chat: Chat = { ...newChat, replies: [reply] };

  test('stands in English with what they get beside it', async () => {
    const translations = [...aChat().translations, made(reply.id, reply.text, '¿Está a salvo?', 'es')];
    await open(aChat({ chat, translations }));
    expect(labels(region('Notes'))).toEqual(['As you wrote it', 'Spanish, as they get it, by machine']);
    expect(composer().textContent).toContain('read in Spanish, by machine');
  });

  test('is said to go out in English, and why, before it is sent; and again when the service is back', async () => {
    const window = await open(aChat(), { ...works, trouble: { kind: 'wrong-key' } });
    const before = composer().querySelectorAll('p').length;
    expect(composer().textContent).toContain('read in English, not in Spanish');
    expect(composer().textContent).toContain('Not translated: the service refuses our key');
    window.bridge.setDesk({ translation: works });
    await window.settle();
    expect(composer().textContent).not.toContain('Not translated');
    expect(composer().querySelectorAll('p')).toHaveLength(before);
  });

  test('LG-15: a service without their language, and a queue without a service, are said as well', async () => {
    const languages = { intoEnglish: ['es'], fromEnglish: [] };
    const window = await open(aChat(), { ...works, languages });
    expect(composer().textContent).toContain('Not translated: the service has no Spanish');
    window.bridge.setDesk({ translation: null });
    await window.settle();
    expect(composer().textContent).toContain('Not translated: no service is set up');
  });

  test('is English to somebody who writes English, and nothing is said of it', async () => {
    await open(aChat({ account: 'Hello', language: null, translations: [] }), null);
    expect(composer().textContent).toMatch(/To the public: they read this/u);
    expect(composer().textContent).not.toContain('Not translated');
  });
});

describe('the language that a handler chooses (LG-04)', () => {
  test('is found by its name, goes out as the act, and is given back to the machine by its button', async () => {
    const window = await open(aChat());
    await press('{Shift>}v{/Shift}', window);
    await press('galeg{Enter}', window);
    const acts = () =>
      window.bridge.requests.flatMap(({ name, input }) =>
        name === 'command.submit' ? [(input as { act: { kind: string } }).act] : [],
      );
    expect(acts().at(-1)).toEqual({ kind: 'choose-language', code: 'gl' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Contact');
    await press('{Control>}{Shift>}l{/Shift}{/Control}', window);
    expect(screen.getByRole('group', { name: 'Language of the conversation' }).textContent).toContain(
      'Galician, chosen by a handler',
    );
    screen.getByRole('button', { name: 'Take the choice back' }).click();
    await window.settle();
    expect(acts().at(-1)).toEqual({ kind: 'choose-language', code: null });
  });
});
