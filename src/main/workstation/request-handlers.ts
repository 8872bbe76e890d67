import type { DeskState, Output, RequestHandlers } from '../../shared/contract/workstation.ts';
import { deskStatusSchema } from '../../shared/contract/schemas.ts';
import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import type { ContactId, DeskId } from '../../shared/domain/ids.ts';
import type { Clock } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { Acts } from './acts.ts';
import type { FaultList } from './fault-list.ts';
import { history } from './history.ts';
import type { Inbox } from './inbox.ts';
import type { MissedReport } from './missed.ts';
import type { Outbox } from './outbox.ts';
import { paperNumbers } from './paper.ts';
import type { Photos } from './photos.ts';
import type { Policies } from './policies.ts';
import type { Related } from './related.ts';
import { guarded } from './request-access.ts';
import { search } from './search.ts';
import type { Session } from './session.ts';

/** The requests that the desk answers behind its window; the rest are the shell's. */
export type DeskHandlers = Omit<
  RequestHandlers,
  'settings.read' | 'settings.save' | 'paper.print' | 'window.attend' | 'training.start'
>;

export interface HandlersOptions {
  readonly deskId: DeskId;
  readonly clock: Clock;
  readonly store: DeskStore;
  readonly session: Session;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly acts: Acts;
  readonly missed: MissedReport;
  readonly photos: Photos;
  readonly policies: Policies;
  readonly related: Related;
  readonly faults: FaultList;
  /** Runs what reads the file: damage may show wherever it is read (rule S-06). */
  readonly served: <T>(work: () => T) => T;
  readonly deskNumber: () => number | null;
  readonly deskState: () => DeskState;
  readonly outboxState: () => Output<'outbox.read'>;
  readonly pushOutbox: () => void;
  readonly colleagues: () => Promise<readonly Colleague[] | null>;
  readonly tellTyping: (contact: ContactId) => void;
  readonly signOff: () => Promise<Output<'session.sign-off'>>;
}

const noTabs: Output<'tabs.read'> = { tabs: [], active: null };

/** One function per request of the window's contract, each behind its line of the table of access. */
export function requestHandlers(options: HandlersOptions): DeskHandlers {
  const {
    store,
    session,
    inbox,
    outbox,
    acts,
    missed,
    photos,
    policies,
    related,
    faults,
    served,
    clock,
    deskId,
  } = options;
  // What is kept here and not sent is laid over what is shown: by the policy on disk, never by none (rule Y-06).
  const readable = async (): Promise<void> => {
    if (outbox.isEmpty) return;
    await policies.ready();
  };
  const handler = () => must(session.person, 'person signed in').handler;

  const handlers: DeskHandlers = {
    'desk.read': async () => served(() => options.deskState()),
    'desk.set-status': async (wish) => {
      session.setStatus(deskStatusSchema.parse({ ...wish, since: clock.now() }));
      return {};
    },
    'session.sign-in': async (input) => session.signInHere(input),
    'session.sign-off': async () => options.signOff(),
    'session.lock': async () => {
      session.lock();
      return {};
    },
    'session.unlock': async (input) => session.unlock(input),
    'inbox.read': async (input) => {
      await readable();
      return served(() => inbox.read(input));
    },
    'contact.read': async ({ contact }) => {
      await readable();
      return served(() => acts.read(contact));
    },
    'command.submit': async (input) => served(() => acts.submit(input)),
    'draft.save': async ({ contact, draft }) => acts.saveDraft(contact, draft),
    'drafts.read': async () => served(() => acts.drafts()),
    'search.read': async (input) => served(() => search({ store, inbox }, input)),
    'history.read': async (input) => served(() => history({ store, inbox }, input)),
    'contact.related': async (input) => related.read(input),
    'contact.by-reference': async (input) => served(() => related.byReference(input)),
    'contact.ask': async (input) => related.ask(input),
    'photo.read': async ({ contact, photo }) => photos.read(contact, photo),
    'colleagues.read': async () => {
      const colleagues = await options.colleagues();
      return { colleagues: colleagues === null ? null : [...colleagues] };
    },
    'missed.dismiss': async () => {
      faults.guard(() => missed.dismiss());
      return {};
    },
    'tabs.read': async () => served(() => store.tabs(handler()) ?? noTabs),
    'tabs.save': async (open) => {
      faults.guard(() => store.keepTabs(handler(), open));
      return {};
    },
    'chat.typing': async ({ contact }) => {
      options.tellTyping(contact);
      return {};
    },
    'policy.read': async ({ name }) => policies.read(name),
    'paper.reserve': async ({ count }) =>
      served(() => {
        const desk = {
          deskId,
          deskNumber: options.deskNumber(),
          incarnation: store.incarnation(),
          storage: store.kind,
        };
        return { numbers: paperNumbers(desk, store.reservePaper(count), count) };
      }),
    'outbox.read': async () => served(() => options.outboxState()),
    'outbox.dismiss': async ({ id }) => {
      // Their own, as they are shown it: nobody puts away what another handler has not seen (rule A-08).
      if (!options.outboxState().items.some((item) => item.id === id)) return {};
      const contact = outbox.contactOf(id);
      faults.guard(() => outbox.dismiss(id));
      // A contact that was only written down here may have gone with it.
      if (contact !== null) inbox.changed([contact]);
      options.pushOutbox();
      return {};
    },
    'fault.dismiss': async ({ id }) => {
      faults.dismiss(id);
      return {};
    },
  };
  return guarded(handlers, { presence: () => session.presence, onAsked: () => session.seen() });
}
