import { useLayoutEffect, useState, type KeyboardEvent } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { entryOf, isSameLook, isWeighed } from '../../../shared/domain/triage/entry.ts';
import { letters, type Letter } from '../../../shared/domain/triage/thrive.ts';
import type { Ticket } from '../../app/focus-law.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { DO_NOT_COME } from '../../../shared/domain/triage/re-thrive.ts';
import { targetOf } from '../../app/target-words.ts';
import { useSheetView } from '../../app/use-sheet-view.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useAsking } from './asking.ts';
import { CallTypeField } from './call-type-field.tsx';
import { giveRecommended } from './give-grade.ts';
import { isLookDue, keepLook } from './keep-look.ts';
import { LookAgain } from './look-again.tsx';
import { QuestionPanel } from './question-panel.tsx';
import { askFirst, isCareFirst, Recommended } from './recommended.tsx';
import { RightCarePart } from './right-care-part.tsx';
import { letterKeys } from './thrive-picks.ts';
import { ThrivePart } from './thrive-part.tsx';
import styles from './triage.module.css';
import { useTriage, useVersions, type Triage } from './use-triage.ts';
import { Versions } from './versions.tsx';

/** Questions and THRIVE on one screen: what to ask, what it means, and the grade that follows (rules T-01 to T-11). */
export function TriageSheet({ id }: { readonly id: ContactId }) {
  const { law } = useWorkplace();
  const triage = useTriage(id);
  const spot = useSpot('sheet');
  // Of the key that opened the sheet, or the last one in it: what is still on its way then takes the focus as its answer.
  const [opened, setOpened] = useState(() => law.ticket());
  const [early, setEarly] = useState('');
  if ('sentence' in triage)
    return (
      <SheetFrame
        id={id}
        title="Questions and THRIVE"
        act={null}
        foot={<div className={styles.recommendedRoom} />}
      >
        <div className={styles.type}>
          <label>
            <span>Call type</span>
            <input
              ref={spot}
              type="text"
              autoComplete="off"
              value={early}
              onChange={(event) => {
                setEarly(event.currentTarget.value);
                setOpened(law.ticket());
              }}
            />
          </label>
        </div>
        <p className={styles.waiting} role="status">
          {triage.sentence}
        </p>
      </SheetFrame>
    );
  return <OpenSheet id={id} triage={triage} opened={opened} early={early} />;
}

interface OpenSheetProps {
  readonly id: ContactId;
  readonly triage: Triage;
  readonly opened: Ticket;
  /** What was typed for the call type while the questions were on their way. */
  readonly early: string;
}

function OpenSheet({ id, triage, opened, early }: OpenSheetProps) {
  const workplace = useWorkplace();
  const spot = useSpot('sheet');
  const asking = useAsking(id, triage);
  const keyPressed = useVersions(id);
  const [letter, setLetter] = useSheetView<Letter>(id, 'letter', () => 'threat');
  const [letterTurn, setLetterTurn] = useState(0);
  const [reasonsOpen, setReasonsOpen] = useState(false);
  const [careOpen, setCareOpen] = useSheetView(id, 'care', () => false);
  const [careTurn, setCareTurn] = useState(0);
  const { form, contact, look, change } = triage;

  useLayoutEffect(() => {
    const { elements, law } = workplace;
    law.answer(opened, () => law.focus(elements.get('sheet')));
  }, [workplace, opened]);

  const chooseType = (callType: string | null) => {
    const changed = { ...form, callType: callType ?? form.callType };
    if (callType !== null) change(changed);
    asking.again(changed);
  };
  const jump = (to: Letter) => {
    setLetter(to);
    setLetterTurn((turn) => turn + 1);
  };
  const finish = () => {
    const { law } = workplace;
    const ticket = law.ticket();
    const isOther = !isSameLook(look.entry, entryOf(contact));
    const isNear = targetOf(triage.policies.triage, contact, workplace.clock.now())?.isDue === true;
    void keepLook(workplace, id, { evenIfSame: isOther || isNear || isLookDue(contact) }).then(({ kind }) => {
      if (kind === 'not-kept') return;
      workplace.say(
        kind === 'same'
          ? 'Nothing has changed since the last version.'
          : isWeighed(look.entry)
            ? 'Risk assessment kept here.'
            : 'Kept here. It is no risk assessment before something is answered.',
        'plain',
      );
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  const openCare = () => {
    setCareOpen(true);
    setCareTurn((turn) => turn + 1);
  };
  const giveOrCare = () => {
    if (!isCareFirst(triage)) {
      void giveRecommended(workplace, id);
      return;
    }
    openCare();
    workplace.say('Not graded yet: settle first whether police are the ones to go.', 'plain');
  };
  const chords: Readonly<Record<string, () => void>> = {
    ...Object.fromEntries(letters.map((each) => [letterKeys[each], () => jump(each)])),
    g: () => giveOrCare(),
    y: () => setReasonsOpen(!reasonsOpen),
    n: () => asking.answerTo(DO_NOT_COME, { kind: 'yes' }),
    w: () => {
      setCareOpen(!careOpen);
      if (!careOpen) setCareTurn((turn) => turn + 1);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    keyPressed();
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const chord =
      event.altKey && !event.ctrlKey && !event.metaKey ? chords[event.key.toLowerCase()] : undefined;
    if (chord === undefined) return;
    event.preventDefault();
    if (!event.repeat) chord();
  };
  const isNew = form.callType === null;
  return (
    <div className={styles.whole} onKeyDown={onKeyDown} onPointerUp={keyPressed}>
      <SheetFrame
        id={id}
        title="Questions and THRIVE"
        keys={
          <>
            <KeyHint>y</KeyHint> <KeyHint>n</KeyHint> <KeyHint>u</KeyHint> · <KeyHint>Alt</KeyHint>+T H R I V
            E
          </>
        }
        act={{ words: 'Done', isReady: true, run: finish }}
        note={askFirst(triage)}
        foot={
          <Recommended
            triage={triage}
            isOpen={reasonsOpen}
            onToggle={() => setReasonsOpen(!reasonsOpen)}
            onGrade={giveOrCare}
          />
        }
      >
        <div className={styles.room}>
          <LookAgain triage={triage} />
          <div className={styles.columns}>
            <CallTypeField
              triage={triage}
              early={early}
              fieldRef={isNew ? spot : null}
              onChoose={chooseType}
            />
            <QuestionPanel triage={triage} asking={asking} spot={isNew ? null : spot} />
            <ThrivePart
              triage={triage}
              letter={letter}
              turn={letterTurn}
              onLetter={jump}
              onTyped={(typed) => change({ typed })}
              onLeave={() => asking.ask(asking.now?.question.id ?? '')}
            />
          </div>
        </div>
        <RightCarePart
          triage={triage}
          isOpen={careOpen}
          turn={careTurn}
          onToggle={() => setCareOpen(!careOpen)}
        />
        <Versions triage={triage} />
      </SheetFrame>
    </div>
  );
}
