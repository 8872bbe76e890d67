import { createColumnHelper, tableFeatures, type Table } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { ContactSummary, Flags } from '../../../shared/domain/contact.ts';
import type { DeskId } from '../../../shared/domain/ids.ts';
import type { InboxRow } from '../../../shared/domain/view.ts';
import { useCell } from '../../app/cell.ts';
import { EXIT_WORDS, flagWords, languageWords, stateOf } from '../../app/contact-words.ts';
import type { ListEntry } from '../../app/list-lanes.ts';
import { MarkerMark } from '../../app/marker-mark.tsx';
import { markOf } from '../../app/marks.ts';
import { useNow } from '../../app/use-now.ts';
import { dueState } from '../../app/why-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';
import { timerWords } from '../../ui/time-words.ts';
import { Shape } from '../../ui/shape.tsx';
import { GradeMark } from './grade-mark.tsx';
import styles from './inbox.module.css';
import { CrimeHours, DutyBadges, MarksCell } from './marks-cell.tsx';

/** A row as the table knows it. */
export interface GridRow {
  readonly entry: ListEntry;
}

/** The table over the rows in sight needs none of the library's optional features: order and selection are ours. */
export const gridFeatures = tableFeatures({});

export type InboxTable = Table<typeof gridFeatures, GridRow>;

const helper = createColumnHelper<typeof gridFeatures, GridRow>();

/** The columns, in order. No cell shows a name, a number or the public's own words (rule C-11). */
export const columns = helper.columns([
  helper.display({
    id: 'mark',
    header: () => <span className={styles.unseen}>Urgency</span>,
    cell: ({ row }) => (
      <GridCell column="mark">
        <MarkCell summary={row.original.entry.row.summary} />
      </GridCell>
    ),
  }),
  helper.display({
    id: 'channel',
    header: 'Channel',
    cell: ({ row }) => <ChannelCell summary={row.original.entry.row.summary} />,
  }),
  helper.display({
    id: 'wait',
    header: 'Wait',
    cell: ({ row }) => <WaitCell summary={row.original.entry.row.summary} />,
  }),
  helper.display({
    id: 'what',
    header: () => <CrimeHead words="What" />,
    cell: ({ row }) => (
      <GridCell column="what">
        <WhatCell row={row.original.entry.row} />
      </GridCell>
    ),
  }),
  helper.display({
    id: 'where',
    header: () => <CrimeHead words="Where" />,
    cell: ({ row }) => (
      <GridCell column="where">
        <WhereCell summary={row.original.entry.row.summary} />
      </GridCell>
    ),
  }),
  helper.display({
    id: 'flags',
    header: 'Flags',
    cell: ({ row }) => (
      <GridCell column="flags">
        <FlagsCell summary={row.original.entry.row.summary} />
      </GridCell>
    ),
  }),
  helper.display({
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateCell entry={row.original.entry} />,
  }),
]);

/** The rows are not handed to the table: whoever paints one makes it, so that one that comes costs the others nothing. */
const noRows: GridRow[] = [];
export const tableOptions = { features: gridFeatures, columns, data: noRows };

/** What the hours at the end of the column are of is said once, above them; for the ear each row says it by itself. */
function CrimeHead({ words }: { readonly words: string }) {
  return (
    <>
      {words}
      <span className={styles.crimeHead} aria-hidden="true">
        Crime
      </span>
    </>
  );
}

interface GridCellProps {
  readonly column: 'mark' | 'channel' | 'wait' | 'what' | 'where' | 'flags' | 'state';
  readonly title?: string;
  readonly 'data-due'?: string;
  readonly children: ReactNode;
}

/** A cell that holds nothing but words is told about them itself: a row is painted with no box more than it needs. */
function GridCell({ column, ...own }: GridCellProps) {
  return <div role="gridcell" className={styles.cell} data-column={column} {...own} />;
}

function ChannelCell({ summary }: { readonly summary: ContactSummary }) {
  const { word } = channelFacts[summary.channel];
  return (
    <GridCell column="channel" title={word}>
      {word}
    </GridCell>
  );
}

/** Words that may be cut: the whole of them under the pointer, and below the list for the chosen row. */
function Cut({ words }: { readonly words: string }) {
  return <span title={words}>{words}</span>;
}

function WhatCell({ row }: { readonly row: InboxRow }) {
  return (
    <>
      <Cut words={row.summary.title} />
      <MarksCell row={row} />
    </>
  );
}

function WhereCell({ summary: { place, marks } }: { readonly summary: ContactSummary }) {
  return (
    <>
      <Cut words={place ?? 'Place not known'} />
      <DutyBadges duties={marks.duties} />
      <CrimeHours dueAt={marks.crimeDueAt} />
    </>
  );
}

function MarkCell({ summary }: { readonly summary: ContactSummary }) {
  const { shape, letter } = markOf(summary);
  return <Shape name={shape} letter={letter} />;
}

function WaitCell({ summary }: { readonly summary: ContactSummary }) {
  const now = useNow();
  const due = dueState(summary.due, now);
  return (
    <GridCell column="wait" data-due={due.kind} title={`Due ${due.words}`}>
      {timerWords(now - (summary.band === 'A' ? summary.bandSince : summary.receivedAt))}
      {due.kind === 'over' && <span className={styles.over}>over</span>}
    </GridCell>
  );
}

const looks: Readonly<Record<string, BadgeProps['look']>> = { V: 'strong', R: 'plain', L: 'high' };

/** A narrow column cuts the last ones: what may mean danger stands first, and the row below the list says all. */
const byWeight = (flags: Flags) =>
  flagWords(flags).toSorted((a, b) => 'LVR'.indexOf(a.letter) - 'LVR'.indexOf(b.letter));

function FlagsCell({ summary }: { readonly summary: ContactSummary }) {
  const { flags, language, grade, channelState, marks } = summary;
  return (
    <>
      {grade !== null && <GradeMark summary={summary} grade={grade} />}
      {channelState === 'left-by-exit' && (
        <Badge look="strong" title={EXIT_WORDS}>
          X
        </Badge>
      )}
      <MarkerMark marks={marks} />
      {byWeight(flags).map(({ letter, word, why }) => (
        <Badge key={letter} look={looks[letter] ?? 'plain'} title={`${word}: ${why}`}>
          {letter}
        </Badge>
      ))}
      {language !== null && (
        <span className={styles.language} title={languageWords(language)}>
          {languageWords(language)}
        </span>
      )}
    </>
  );
}

function StateCell({ entry }: { readonly entry: ListEntry }) {
  const desk = useCell(useWorkplace().store.desk);
  const me: DeskId | null = desk?.me?.desk ?? null;
  if (entry.leaving === 'gone') return <GridCell column="state">Closed</GridCell>;
  const { words, look } = stateOf(entry.row, me);
  return (
    <GridCell column="state" title={words}>
      {look === 'free' || look === 'other' ? (
        words
      ) : (
        <span className={styles.state} data-look={look}>
          {words}
        </span>
      )}
    </GridCell>
  );
}
