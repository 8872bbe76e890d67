import { useMemo, type KeyboardEvent } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Location } from '../../../shared/domain/location.ts';
import { lookUp } from '../../../shared/domain/place/find-place.ts';
import { metresBetween, type Point } from '../../../shared/domain/place/point.ts';
import type { OtherSpot } from '../../../shared/domain/place/sketch.ts';
import { useCell } from '../../app/cell.ts';
import { useGazetteer } from '../../app/gazetteer.ts';
import { bestLocation, distanceWords, machineWords } from '../../app/machine-location.ts';
import { PlaceMap, type MapSpot } from '../../app/place-map.tsx';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useRow } from '../../app/use-row.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSheetView } from '../../app/use-sheet-view.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { candidateOf, candidateOfPlace, spotOf, warningOf, type Candidate } from './candidate.ts';
import { PlaceList, type PlaceOption } from './place-list.tsx';
import { blankForm, readPlaceForm, type PlaceForm, type Taken } from './place-form.ts';
import styles from './place-sheet.module.css';
import { ReadBack } from './read-back.tsx';
import { ToldLine } from './told-line.tsx';

export interface PlaceSheetProps {
  readonly id: ContactId;
  /** Where contacts that may be of the same event are: drawn beside this one. */
  readonly neighbours?: readonly OtherSpot[];
}

/** As many as can be told apart at a glance; the words themselves come behind them. */
const FOUND_SHOWN = 8;
/** The drawing's height, pixels. */
const MAP_HEIGHT = 220;

/** Where it is: typed, chosen, read back, agreed (rules PL-60 to PL-65). */
export function PlaceSheet({ id, neighbours = [] }: PlaceSheetProps) {
  const workplace = useWorkplace();
  const { acts, drafts, law } = workplace;
  const reading = useCell(workplace.readings.of(id));
  const row = useRow(id);
  const places = useGazetteer();
  const spot = useSpot('sheet');
  const [kept, write] = useSheetWords(id, 'place', readPlaceForm);
  const form = kept ?? blankForm;
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const location = bestLocation(contact?.locations ?? []);
  const told = contact?.place ?? row?.summary.place ?? null;
  const agreed = contact?.spots.at(-1) ?? null;

  // What was known when the sheet came: whatever is told later moves neither list nor choice (rule PL-60).
  const [offered] = useSheetView(id, 'offered', () => told ?? '');
  const [near, setNear] = useSheetView<Point | null>(id, 'near', () => location && pointOf(location));
  const [marked, setMarked] = useSheetView<number | null>(id, 'marked', () => null);
  const hasTyped = form.typed.trim() !== '';
  const query = hasTyped ? form.typed : offered;
  const gazetteer = places.kind === 'here' ? places.gazetteer : null;
  const search = useMemo(
    () => (gazetteer === null ? null : lookUp(gazetteer, query, { near, limit: FOUND_SHOWN })),
    [gazetteer, query, near],
  );
  const options: readonly PlaceOption[] = [
    ...(search?.found ?? []).map((place) => ({ kind: 'found', place }) as const),
    ...(hasTyped && places.kind !== 'loading' ? [{ kind: 'words', words: form.typed.trim() } as const] : []),
  ];
  // With nothing typed nothing is meant yet, until an arrow says so.
  const at = options.length === 0 ? -1 : Math.min(marked ?? (hasTyped ? 0 : -1), options.length - 1);
  const candidate = useMemo(
    () => (form.taken === null ? null : candidateOf(form.taken, gazetteer, form.direction)),
    [form.taken, form.direction, gazetteer],
  );

  const change = (changed: Partial<PlaceForm>) => write({ ...form, ...changed });
  const takenOf = (option: PlaceOption): Taken =>
    option.kind === 'words' ? option : { kind: 'found', id: option.place.id, query, near };
  const take = (taken: Taken) => {
    change({ taken, direction: null });
    // To the sentence that is said to the caller: the next key answers it.
    workplace.goTo('work');
  };
  const letGo = () => {
    change({ taken: null, direction: null });
    workplace.goTo('work');
  };
  const keep = (what: Candidate, readBack: boolean) => {
    const ticket = law.ticket();
    const sent = drafts.sheet(id, 'place');
    void acts.submit(id, { kind: 'place', spot: spotOf(what, form.detail, readBack) }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, 'place') === sent) drafts.writeSheet(id, 'place', '');
      workplace.say(
        `${readBack ? 'Place agreed' : 'Place not read back'}, kept here: ${what.words}.`,
        'plain',
      );
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  const keepUnread = () => {
    const option = options[at];
    const what = candidate ?? (option === undefined ? null : candidateOf(takenOf(option), gazetteer, null));
    if (what !== null) keep(what, false);
    else workplace.say('No place yet: type one, or choose one with ↓.', 'plain');
  };
  /** What works wherever the focus is in the sheet. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape' && candidate !== null) letGo();
    else if (event.altKey && !event.ctrlKey && event.code === 'Digit1' && location !== null)
      take({ kind: 'location', location });
    else return;
    event.preventDefault();
  };

  const option = options[at];
  const seen =
    candidate ??
    (gazetteer !== null && option?.kind === 'found' ? candidateOfPlace(option.place, gazetteer) : null);
  const middle = mapSpotOf(seen, option, location, agreed);
  const others: OtherSpot[] = [
    ...neighbours,
    ...(agreed === null || agreed.point === null ? [] : [{ point: agreed.point, name: 'Agreed' }]),
    ...(location === null
      ? []
      : [{ point: pointOf(location), name: machineWords(location), radiusMetres: location.radiusMetres }]),
  ];
  return (
    <SheetFrame
      id={id}
      title="Find the place"
      keys={<Keys isTaken={candidate !== null} />}
      others={
        candidate !== null && (
          <button type="button" data-ready onClick={() => keep(candidate, true)}>
            Caller agrees <KeyHint>y</KeyHint>
          </button>
        )
      }
      // What is wanted is the caller's word: keeping it without is never what is proposed.
      act={{ words: 'Not read back', isReady: false, run: keepUnread }}
    >
      <div className={styles.sheet} onKeyDown={onKeyDown} role="presentation">
        <PlaceList
          typed={form.typed}
          options={options}
          at={at}
          field={candidate === null ? spot : undefined}
          told={<ToldLine location={location} gazetteer={gazetteer} />}
          status={
            candidate !== null
              ? 'Say it to the caller before it is kept.'
              : statusWords({ places, search, hasTyped, offered, agreed: agreed?.words ?? null })
          }
          doubt={apartWords(location, seen?.point ?? null)}
          warning={seen === null ? null : warningOf(seen)}
          instead={
            candidate !== null && (
              <ReadBack
                boxRef={spot}
                candidate={candidate}
                detail={form.detail}
                direction={form.direction}
                onDetail={(detail) => change({ detail })}
                onDirection={(direction) => change({ direction })}
                onAgree={() => keep(candidate, true)}
                onChange={letGo}
              />
            )
          }
          onType={(typed) => {
            setMarked(null);
            setNear(location && pointOf(location));
            change({ typed, taken: null, direction: null });
          }}
          onMove={setMarked}
          onTake={(chosen) => take(takenOf(chosen))}
          onNothing={() =>
            workplace.say(
              places.kind === 'loading'
                ? 'The places are still being read: Enter again in a moment.'
                : 'No place yet: type one, or choose one with ↓.',
              'plain',
            )
          }
        />
        <PlaceMap
          height={MAP_HEIGHT}
          noteLines={1}
          spot={middle}
          others={others.filter(({ point }) => middle === null || isBeside(point, middle.point))}
          empty="Nothing to show yet: no place is chosen, and no machine has told one."
        />
      </div>
    </SheetFrame>
  );
}

function Keys({ isTaken }: { readonly isTaken: boolean }) {
  return isTaken ? (
    <>
      <KeyHint>Enter</KeyHint> exactly where, and back
    </>
  ) : (
    <>
      <KeyHint>↓</KeyHint> <KeyHint>Enter</KeyHint> take and read back
    </>
  );
}

const pointOf = ({ latitude, longitude }: Point): Point => ({ latitude, longitude });

/** Within this, the words of the caller and the machine agree as well as they can. Metres. */
const AGREES_WITHIN = 2_000;

/** "AML 22 m is 29 km from the place chosen": one of the two is wrong, and only the caller knows which. */
function apartWords(location: Location | null, chosen: Point | null): string | null {
  if (location === null || chosen === null) return null;
  const apart = metresBetween(location, chosen);
  return apart > Math.max(AGREES_WITHIN, location.radiusMetres ?? 0)
    ? `${machineWords(location)} is ${distanceWords(apart)} from the place chosen: ask which.`
    : null;
}

/** What is farther away than this is told in words, and would shrink the drawing to nothing. Metres. */
const DRAWN_WITHIN = 15_000;

/** Another spot than the middle, and near enough to be drawn with it. */
function isBeside(point: Point, middle: Point): boolean {
  const metres = metresBetween(point, middle);
  return metres > 0 && metres <= DRAWN_WITHIN;
}

/** What the map shows: the chosen place, else what a machine told, else what is agreed. */
function mapSpotOf(
  seen: Candidate | null,
  option: PlaceOption | undefined,
  location: Location | null,
  agreed: { readonly words: string; readonly point: Point | null } | null,
): MapSpot | null {
  const point = seen?.point ?? null;
  if (seen !== null && point !== null) return { point, name: seen.words, radiusMetres: seen.radiusMetres };
  // A town has no position of its own, but it can be looked at.
  if (option?.kind === 'found')
    return { point: option.place.point, name: option.place.name, radiusMetres: null };
  if (location !== null)
    return { point: pointOf(location), name: machineWords(location), radiusMetres: location.radiusMetres };
  return agreed === null || agreed.point === null
    ? null
    : { point: agreed.point, name: agreed.words, radiusMetres: null };
}

interface Standing {
  readonly places: ReturnType<typeof useGazetteer>;
  readonly search: ReturnType<typeof lookUp> | null;
  readonly hasTyped: boolean;
  readonly offered: string;
  readonly agreed: string | null;
}

/** One sentence over the list: what it shows, or what to ask. */
function statusWords({ places, search, hasTyped, offered, agreed }: Standing): string {
  if (places.kind === 'not-there') return `${places.sentence} Words can be kept as they are typed.`;
  if (search === null) return 'The places are being read. Type on.';
  if (hasTyped) return search.advice ?? 'The most likely first. Ctrl+Enter keeps it without reading back.';
  if (agreed !== null) return `Agreed now: ${agreed}. Type to change it.`;
  return offered === ''
    ? 'Type a road and a town, a postcode, a junction, a landmark.'
    : `Told so far: ${offered}`;
}
