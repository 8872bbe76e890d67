import type { ContactId } from '../../../shared/domain/ids.ts';
import { languageName } from '../../../shared/domain/language/find-language.ts';
import { languageOfContact } from '../../../shared/domain/language/lines.ts';
import { useCell } from '../../app/cell.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useSheetView } from '../../app/use-sheet-view.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { LanguageChooser, languagesFor } from './language-chooser.tsx';
import { LanguageLine } from './language-line.tsx';

const SHEET = 'language';

const readTyped = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** In which language the conversation is, how that is known, and the handler’s word on it, which wins (rules LG-03, LG-04). */
export function LanguageSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { acts, drafts, law, readings, store } = workplace;
  const reading = useCell(readings.of(id));
  const service = useCell(store.desk)?.translation ?? null;
  const spot = useSpot('sheet');
  const [kept, write] = useSheetWords(id, SHEET, readTyped);
  const [marked, mark] = useSheetView<number | null>(id, 'marked', () => null);
  const typed = kept ?? '';
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const lines = contact?.translations ?? [];
  const inForce =
    contact === null
      ? null
      : languageOfContact({ chosen: contact.languageChosen, lines, told: contact.language });
  const last = lines.findLast((line) => line.reading !== null)?.reading ?? null;
  const likely = [last?.language, ...(last?.couldBe ?? []), contact?.language].filter(
    (code) => code !== null && code !== undefined,
  );
  const found = languagesFor(typed, likely);
  // What was typed means the first that is found; while nothing is, nothing is chosen by a slip.
  const at = marked ?? (typed.trim() === '' || found.length === 0 ? null : 0);
  const language = at === null ? undefined : found[at];

  const choose = (code: string | null) => {
    const ticket = law.ticket();
    const sent = drafts.sheet(id, SHEET);
    void acts.submit(id, { kind: 'choose-language', code }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, SHEET) === sent) drafts.writeSheet(id, SHEET, '');
      workplace.say(
        code === null ? 'The language is read from their words again.' : `Language: ${languageName(code)}.`,
        'plain',
      );
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  const chooseMarked = () => {
    if (language === undefined) workplace.say('Type the name of a language, or mark one with ↓.', 'plain');
    else choose(language.code);
  };
  return (
    <SheetFrame
      id={id}
      title="Language of the conversation"
      act={{
        words: language === undefined ? 'Choose the language' : `They write ${language.name}`,
        isReady: language !== undefined,
        run: chooseMarked,
      }}
      note="Their lines are translated from it, and ours into it."
    >
      <LanguageLine inForce={inForce} reading={last} service={service} onTakeBack={() => choose(null)} />
      <LanguageChooser
        typed={typed}
        onType={(text) => {
          write(text === '' ? null : text);
          mark(null);
        }}
        likely={likely}
        at={at}
        onMark={mark}
        translated={service?.languages?.intoEnglish ?? null}
        onChoose={choose}
        fieldRef={spot}
      />
    </SheetFrame>
  );
}
