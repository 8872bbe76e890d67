import type { ComponentType } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { readForm } from '../../app/form-words.ts';
import { PaneBoundary } from '../../app/pane-boundary.tsx';
import type { SheetParts } from '../../app/panes.tsx';
import { useRow } from '../../app/use-row.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Composer } from './composer.tsx';
import { ExitLine } from './exit-line.tsx';
import { NoContact } from './no-contact.tsx';
import { Tabs } from './tabs.tsx';
import styles from './work-pane.module.css';

export interface WorkPaneProps {
  /** Asks for the reason of an act, between the contact and its note. */
  readonly reasons: ComponentType;
  /** The open contact above its note. */
  readonly body: ComponentType<{ readonly id: ContactId }>;
  /** Writes a new contact down: shown where the draft of the open tab is one. */
  readonly form: ComponentType<{ readonly id: ContactId }>;
  /** Writes to the public, in a chat of this desk. */
  readonly message: ComponentType<{ readonly id: ContactId }>;
  readonly sheets: SheetParts;
}

/** The contacts in hand: a tab for each, the open one below, the note at the bottom. */
export function WorkPane({ reasons, body, form, message, sheets }: WorkPaneProps) {
  const workplace = useWorkplace();
  const active = useCell(workplace.active);
  const spot = useSpot('work');
  return (
    <section className={styles.pane} data-pane aria-label="Work" role="region">
      <Tabs />
      {active === null ? (
        <div className={styles.none} ref={spot} tabIndex={-1} data-focus="work">
          <NoContact />
        </div>
      ) : (
        <OpenTab
          key={active}
          id={active}
          reasons={reasons}
          body={body}
          form={form}
          message={message}
          sheets={sheets}
        />
      )}
    </section>
  );
}

function OpenTab({
  id,
  reasons: ReasonStrip,
  body: Body,
  form: Form,
  message: Message,
  sheets,
}: WorkPaneProps & { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { draft } = useCell(workplace.drafts.of(id));
  const sheet = useCell(workplace.sheets.of(id));
  const spot = useSpot('work');
  const isChat = useRow(id)?.summary.channel === 'web-chat';
  if (readForm(id, draft.text) !== null) {
    return (
      <PaneBoundary name="The form" spot="work">
        <Form id={id} />
      </PaneBoundary>
    );
  }
  const Sheet = sheet === null ? undefined : sheets[sheet];
  if (Sheet !== undefined) {
    return (
      <>
        <PaneBoundary name="The sheet" key={sheet} spot="sheet">
          <Sheet id={id} />
        </PaneBoundary>
        <Exit id={id} />
        <ReasonStrip />
        <Composer id={id} isLow />
      </>
    );
  }
  return (
    <>
      <div
        className={styles.body}
        data-chat={isChat}
        ref={spot}
        tabIndex={-1}
        data-focus="work"
        aria-label="Contact"
        role="group"
      >
        <div className={styles.inner}>
          <PaneBoundary name="The contact">
            <Body id={id} />
          </PaneBoundary>
        </div>
      </div>
      <Exit id={id} />
      <ReasonStrip />
      {isChat && <Message id={id} />}
      <Composer id={id} isChat={isChat} />
    </>
  );
}

function Exit({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  const row = useRow(id);
  const details = reading?.kind === 'here' ? reading.contact : null;
  return <ExitLine contact={row?.summary ?? details ?? undefined} details={details} />;
}
