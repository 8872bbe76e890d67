import { channelFacts, channels, type Channel } from '../../../shared/domain/channel.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { readTime, whenWords } from '../../app/typed-time.ts';
import { useNow } from '../../app/use-now.ts';
import { hasHouseNumber } from './check-form.ts';
import { Field } from './field.tsx';
import { languageChoices } from '../../app/language-choices.ts';
import type { FormPart } from './new-contact-form.tsx';
import styles from './new-contact-form.module.css';

/** Doors in the order of how often a person writes them down; a channel that nothing feeds yet is left out. */
const offered: readonly Channel[] = [
  '101-voice',
  '999-voice',
  'front-counter',
  'partner-line',
  ...channels.filter(
    (channel) => !['101-voice', '999-voice', 'front-counter', 'partner-line', 'video'].includes(channel),
  ),
];

/** Who, where, when and what: the same on paper and on screen, in the order in which they are asked. */
export function CallFields({ words, errors, change }: FormPart) {
  const now = useNow();
  const text = (field: 'name' | 'number' | 'address' | 'place' | 'title' | 'received' | 'paperLog') => ({
    type: 'text',
    autoComplete: 'off',
    value: words[field],
    onChange: (event: { readonly currentTarget: HTMLInputElement }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <div className={styles.grid}>
      {words.form === 'paper-log' && (
        <Field
          label="Paper log number"
          hint="At the top of the sheet: P12-0007"
          error={errors.get('paperLog')}
        >
          {(parts) => <input {...parts} {...text('paperLog')} name="paperLog" spellCheck={false} />}
        </Field>
      )}
      <Field
        label="Channel"
        hint={
          channelFacts[words.channel].emergency
            ? 'An emergency: it is yours from the start.'
            : 'First letters choose'
        }
      >
        {(parts) => (
          <select
            {...parts}
            name="channel"
            value={words.channel}
            onChange={(event) => change({ channel: event.currentTarget.value as Channel })}
          >
            {offered.map((channel) => (
              <option key={channel} value={channel}>
                {channelFacts[channel].word}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Reached us at" hint={receivedWords(words.received, now)} error={errors.get('received')}>
        {(parts) => <input {...parts} {...text('received')} name="received" spellCheck={false} />}
      </Field>
      <Field label="Caller’s name" error={errors.get('name')}>
        {(parts) => <input {...parts} {...text('name')} name="name" spellCheck={false} />}
      </Field>
      <Field label="Number" error={errors.get('number')}>
        {(parts) => <input {...parts} {...text('number')} name="number" inputMode="tel" />}
      </Field>
      <Field label="Address, with house number" wide error={errors.get('address')}>
        {(parts) => <input {...parts} {...text('address')} name="address" spellCheck={false} />}
      </Field>
      <Field
        label="Place, without house number"
        wide
        hint={
          hasHouseNumber(words.place)
            ? 'This looks like a house number. The row shows the place to everybody: write the number under the address.'
            : 'Stands in the row, for everybody to see: street and town, a road, a shop'
        }
        error={errors.get('place')}
      >
        {(parts) => <input {...parts} {...text('place')} name="place" spellCheck={false} />}
      </Field>
      <Field
        label="What it is about"
        wide
        hint="A few words for the row, without names or numbers"
        error={errors.get('title')}
      >
        {(parts) => <input {...parts} {...text('title')} name="title" />}
      </Field>
      <Field label="In their own words" wide error={errors.get('account')}>
        {(parts) => (
          <textarea
            {...parts}
            name="account"
            rows={6}
            value={words.account}
            onChange={(event) => change({ account: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Speaks" error={errors.get('language')}>
        {(parts) => (
          <select
            {...parts}
            name="language"
            value={words.language}
            onChange={(event) => change({ language: event.currentTarget.value })}
          >
            {languageChoices.map(({ tag, words: name }) => (
              <option key={tag} value={tag}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset className={styles.flags}>
        <legend>To know</legend>
        <label>
          <input
            type="checkbox"
            name="vulnerable"
            checked={words.vulnerable}
            onChange={(event) => change({ vulnerable: event.currentTarget.checked })}
          />
          Vulnerable person
        </label>
        <label>
          <input
            type="checkbox"
            name="repeat"
            checked={words.repeat}
            onChange={(event) => change({ repeat: event.currentTarget.checked })}
          />
          Repeat caller
        </label>
      </fieldset>
    </div>
  );
}

/** What the typed time will stand for on the record. */
function receivedWords(text: string, now: Instant): string {
  if (text.trim() === '') return '14:05 or 14:05:30; another day: 21/11 23:58';
  const time = readTime(text, { now, since: null });
  return time.kind === 'at' ? whenWords(time.at, now) : time.sentence;
}
