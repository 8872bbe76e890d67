import { useState } from 'react';
import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import { rights } from '../../../shared/domain/authorisation.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Linked, MajorIncident } from '../../../shared/domain/record/parts.ts';
import {
  emptyMethane,
  methaneFields,
  METHANE_LIMIT,
  missingToDeclare,
  type MethaneField,
  type MethaneReport,
} from '../../../shared/domain/triage/major-incident.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import { deskWords } from '../../app/refusals.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { whenWords } from '../../ui/time-words.ts';
import { HandOn, declaredAlready, JoinFirst, receiversOf } from './hand-on.tsx';
import { majorFor, majorsOf } from './major-now.ts';
import styles from './major.module.css';
import { splitCall } from './split-call.ts';

interface MajorForm {
  readonly name: string;
  readonly report: MethaneReport;
  /** Why it is over: half-typed. */
  readonly over: string;
  /** Who at the other end accepts it: half-typed. */
  readonly accepted: string;
}

function readForm(value: unknown): MajorForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, report, over, accepted } = value as Readonly<Record<string, unknown>>;
  const said = (typeof report === 'object' && report !== null ? report : {}) as Readonly<
    Record<string, unknown>
  >;
  const fields = methaneFields.map((field) => [field, typeof said[field] === 'string' ? said[field] : null]);
  return {
    name: typeof name === 'string' ? name : '',
    report: { ...emptyMethane, ...(Object.fromEntries(fields) as Partial<MethaneReport>) },
    over: typeof over === 'string' ? over : '',
    accepted: typeof accepted === 'string' ? accepted : '',
  };
}

/** The letter of each line as it is spoken: M E T H A N E. */
const letterOf: Readonly<Record<MethaneField, string>> = {
  major: 'M',
  exact: 'E',
  type: 'T',
  hazards: 'H',
  access: 'A',
  number: 'N',
  emergency: 'E',
};

/** Names that stand until the policy is here. */
const plainNames: Readonly<Record<MethaneField, string>> = {
  major: 'Major incident',
  exact: 'Exact location',
  type: 'Type',
  hazards: 'Hazards',
  access: 'Access',
  number: 'Number of casualties',
  emergency: 'Emergency services',
};

/** A major incident in the seven lines of METHANE; it leaves the building with the second Enter (rules C-30, T-20). */
export function MajorSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { acts, law, drafts, readings, related, store } = workplace;
  const reading = useCell(readings.of(id));
  const policy = usePolicy('triage');
  const session = useCell(store.desk)?.session;
  const spot = useSpot('sheet');
  const [words, write] = useSheetWords(id, 'major', readForm);
  const [armed, setArmed] = useState(false);
  const [isOther, setOther] = useState(false);
  const declared = reading?.kind === 'here' ? reading.contact.major : null;
  const isOn = declared !== null && declared.stoodDown === null;
  const form = words ?? {
    name: isOn ? declared.name : '',
    report: isOn ? declared.report : emptyMethane,
    over: '',
    accepted: '',
  };
  const missing = missingToDeclare(form.report);
  const facts = useCell(store.facts);
  const about = majorFor(
    facts,
    id,
    reading?.kind === 'here' ? reading.contact : null,
    useCell(related.of(id)),
  );
  const on = majorsOf(facts).filter(({ contact }) => contact !== id);
  const joinsFirst = on.length > 0 && !isOn && !isOther;
  const isReady = form.name.trim() !== '' && missing.length === 0;
  const mayStandDown =
    session?.kind === 'signed-in' && rights['stand-down'][session.person.role] === 'yes' && isOn;

  const change = (changed: Partial<MajorForm>) => {
    setArmed(false);
    write({ ...form, ...changed });
  };
  const nameOf = (field: MethaneField): string =>
    policy.kind === 'here' ? policy.value.methane[field].name : plainNames[field];
  const lacking = [...(form.name.trim() === '' ? ['its name'] : []), ...missing.map(nameOf)];
  const send = (act: Parameters<typeof acts.submit>[1], said: string) => {
    const ticket = law.ticket();
    const sent = drafts.sheet(id, 'major');
    void acts.submit(id, act).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, 'major') === sent) drafts.writeSheet(id, 'major', '');
      workplace.say(said, 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  const join = () => {
    // What is new in the note goes along; without a word it is one more call about it.
    const isNew = drafts.of(id).read().draft.text.trim() !== '';
    workplace.leaveSheet(id);
    void splitCall(workplace, id, isNew ? 'something-new' : 'nothing-new');
  };
  const handOn = (to: Linked) => {
    if (declared === null) return;
    const { name, report } = declared;
    const acceptedBy = form.accepted.trim();
    if (acceptedBy === '') {
      workplace.say('Not handed on: write first who there has accepted it and read it back.', 'plain');
      return;
    }
    const sent = drafts.sheet(id, 'major');
    void acts
      .submit(to.contact, { kind: 'major', name, report, replaces: declared.id, from: id, acceptedBy })
      .then((answer) => {
        if (answer.kind !== 'kept') return;
        if (drafts.sheet(id, 'major') === sent) drafts.writeSheet(id, 'major', '');
        workplace.say(`${name} is handed on to ${to.ref}, accepted by ${acceptedBy}: kept here.`, 'plain');
      });
  };
  const declare = () => {
    if (joinsFirst) workplace.say(`${declaredAlready(on)}: Alt+J joins it, Alt+O is another.`, 'plain');
    else if (!isReady) {
      workplace.say(`Before it is declared: ${lacking.join(', ')}.`, 'plain');
    } else if (!armed) setArmed(true);
    else {
      const name = form.name.trim();
      send(
        { kind: 'major', name, report: form.report, ...(declared === null ? {} : { replaces: declared.id }) },
        `Major incident ${name}: kept here. Every desk is told.`,
      );
    }
  };
  const standDown = () => {
    const reason = form.over.trim();
    if (reason === '') workplace.say('Write why it is over.', 'plain');
    else if (declared !== null)
      send({ kind: 'stand-down', reason, major: declared.id }, 'Stood down: kept here.');
  };
  return (
    <SheetFrame
      id={id}
      title={isOn ? `Major incident: ${declared.name}` : 'Declare a major incident'}
      keys={
        <>
          <KeyHint>Enter</KeyHint> twice {isOn ? 'says more' : 'declares it'}
        </>
      }
      act={{ words: isOn ? 'Say more' : 'Declare', isReady, run: declare }}
      note={lacking.length === 0 ? '' : `Still missing: ${lacking.join(', ')}.`}
      foot={
        <p className={styles.offer} data-ready={armed} role="status">
          {armed ? (
            <>
              {isOn ? 'Say more of' : 'Declare'} the major incident “{form.name.trim()}” to every desk and to
              dispatch: <strong>Enter</strong> sends it, <strong>Esc</strong> stays.
            </>
          ) : (
            'Nothing leaves this desk before the second Enter.'
          )}
        </p>
      }
    >
      <div
        className={styles.form}
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.nativeEvent.isComposing) return;
          const chord = event.altKey && !event.ctrlKey && !event.metaKey ? event.key.toLowerCase() : '';
          if (joinsFirst && (chord === 'j' || chord === 'o')) {
            event.preventDefault();
            if (chord === 'j') join();
            else setOther(true);
          } else if (event.key === 'Escape' && armed) {
            event.preventDefault();
            setArmed(false);
          } else if (
            event.key === 'Enter' &&
            !event.ctrlKey &&
            !(event.target instanceof HTMLButtonElement)
          ) {
            event.preventDefault();
            if (!event.repeat) declare();
          }
        }}
      >
        {isOn && <Declared major={declared} />}
        {joinsFirst && <JoinFirst on={on} about={about} onJoin={join} onOther={() => setOther(true)} />}
        <label className={styles.field}>
          <b aria-hidden />
          <span>Its name</span>
          <input
            ref={spot}
            type="text"
            value={form.name}
            maxLength={80}
            autoComplete="off"
            placeholder="What everybody will call it: A414 collision"
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </label>
        {methaneFields.map((field) => (
          <label key={field} className={styles.field}>
            <b aria-hidden>{letterOf[field]}</b>
            <span>
              {nameOf(field)}
              {missing.includes(field) && <em> needed</em>}
            </span>
            <input
              type="text"
              value={form.report[field] ?? ''}
              maxLength={METHANE_LIMIT}
              autoComplete="off"
              placeholder={policy.kind === 'here' ? policy.value.methane[field].ask : ''}
              onChange={(event) => {
                const { value } = event.currentTarget;
                change({ report: { ...form.report, [field]: value === '' ? null : value } });
              }}
            />
          </label>
        ))}
        {isOn && reading?.kind === 'here' && (
          <HandOn
            receivers={receiversOf(reading.contact)}
            accepted={form.accepted}
            onAccepted={(accepted) => change({ accepted })}
            onHand={handOn}
          />
        )}
        {mayStandDown && (
          <div className={styles.over}>
            <label className={styles.field}>
              <b aria-hidden />
              <span>It is over because</span>
              <input
                type="text"
                value={form.over}
                maxLength={REASON_LIMIT}
                autoComplete="off"
                onChange={(event) => change({ over: event.currentTarget.value })}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return;
                  event.preventDefault();
                  if (!event.repeat) standDown();
                }}
              />
            </label>
            <button type="button" onClick={standDown}>
              Stand down <KeyHint>Enter</KeyHint>
            </button>
          </div>
        )}
      </div>
    </SheetFrame>
  );
}

function Declared({ major }: { readonly major: MajorIncident }) {
  const now = useNow();
  return (
    <p className={styles.declared}>
      Last said {whenWords(major.at, now)} by {deskWords(major.by)}. Change what is known now and send it
      again.
    </p>
  );
}
