import { createElement, Fragment } from 'react';
import type { Command } from '../commands/command.ts';
import { undoCommands } from '../commands/undo-commands.ts';
import { windowCommands } from '../commands/window-commands.ts';
import { callCommands } from '../features/call/commands.ts';
import { chatCommands } from '../features/chat/commands.ts';
import { callerCommands } from '../features/caller/commands.ts';
import { contactCommands } from '../features/contact/commands.ts';
import { Tab } from '../features/contact/tabs.tsx';
import { WorkPane } from '../features/contact/work-pane.tsx';
import { emergencyCommands } from '../features/emergency-strip/commands.ts';
import { inboxCommands } from '../features/inbox/commands.ts';
import { Inbox } from '../features/inbox/inbox.tsx';
import { sessionCommands } from '../features/session/commands.ts';
import { languageCommands } from '../features/language/commands.ts';
import { linkingCommands } from '../features/linking/commands.ts';
import { missedCommands } from '../features/missed/commands.ts';
import { MissedLine, Told } from '../features/missed/missed-line.tsx';
import { Fault, Notices } from '../features/notices/notices.tsx';
import { newContactCommands } from '../features/new-contact/commands.ts';
import { outboundCommands } from '../features/outbound/commands.ts';
import { outboxCommands } from '../features/outbox/commands.ts';
import { paperCommands } from '../features/paper/commands.ts';
import { placeCommands } from '../features/place/commands.ts';
import { recordCommands } from '../features/record/commands.ts';
import { soundCommands } from '../features/sound/commands.ts';
import { searchCommands } from '../features/search/commands.ts';
import { signpostCommands } from '../features/signposts/commands.ts';
import { triageCommands } from '../features/triage/commands.ts';
import { unreadCommands } from '../features/unread/commands.ts';
import { majorCommands } from '../features/major/commands.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { fetchActWords } from './acts.ts';
import { later, type Later } from './later.ts';
import type { PaneParts } from './panes.tsx';
import type { SheetKind } from './sheets.ts';

/** The features of the window: with `app.tsx` the only place that imports them. */
export { EmergencyStrip } from '../features/emergency-strip/emergency-strip.tsx';
export { MissedLine };
export { Notices };
export { StatusLine } from '../features/status-line/status-line.tsx';

const context = later(async () => (await import('../features/contact/context-pane.tsx')).ContextPane);
const body = later(async () => (await import('../features/contact/contact-body.tsx')).ContactBody);
const message = later(async () => (await import('../features/chat/chat-composer.tsx')).ChatComposer);
const form = later(async () => (await import('../features/new-contact/new-contact-form.tsx')).NewContactForm);
const reasons = later(async () => (await import('../features/contact/reason-strip.tsx')).ReasonStrip);
const which = later(async () => (await import('../features/major/which-strip.tsx')).WhichStrip);
const majorLine = later(async () => (await import('../features/major/major-line.tsx')).MajorLine);
const offers = later(async () => (await import('../features/chat/offer-line.tsx')).OfferLine);
const unread = later(async () => (await import('../features/unread/unread-line.tsx')).UnreadLine);
const help = later(async () => (await import('../commands/help-sheet.tsx')).HelpSheet);
const palette = later(async () => (await import('../commands/command-palette.tsx')).CommandPalette);
const search = later(async () => (await import('../features/search/search-panel.tsx')).SearchPanel);
const guide = later(async () => (await import('../features/signposts/guide-panel.tsx')).GuidePanel);
const missed = later(async () => (await import('../features/missed/missed-report.tsx')).MissedReport);
const sound = later(async () => (await import('../features/sound/sound.tsx')).Sound);
const lock = later(async () => (await import('../features/session/lock-page.tsx')).LockPage);
const signIn = later(async () => (await import('../features/session/sign-in-page.tsx')).SignInPage);
const signOff = later(async () => (await import('../features/session/sign-off-page.tsx')).SignOffPage);
const kept = later(async () => (await import('../features/outbox/outbox.tsx')).Outbox);
const outbox = later(async () => (await import('../features/outbox/outbox-view.tsx')).OutboxView);

/** Listening and the questions are two features: what a tap answers is put together here (rule C-21). */
const listening = later<{ readonly id: ContactId }>(async () => {
  const [{ ListenSheet }, { tapSide: side }] = await Promise.all([
    import('../features/call/listen-sheet.tsx'),
    import('../features/triage/tap-side.tsx'),
  ]);
  return ({ id }) => createElement(ListenSheet, { id, side });
});

/** Over the record of the open contact, each by its own key. */
const sheets: Readonly<Partial<Record<SheetKind, Later<{ readonly id: ContactId }>>>> = {
  'call-back': later(async () => (await import('../features/call/call-back-sheet.tsx')).CallBackSheet),
  listen: listening,
  triage: later(async () => (await import('../features/triage/triage-sheet.tsx')).TriageSheet),
  grade: later(async () => (await import('../features/triage/grade-sheet.tsx')).GradeSheet),
  major: later(async () => (await import('../features/major/major-sheet.tsx')).MajorSheet),
  pass: later(async () => (await import('../features/signposts/pass-sheet.tsx')).PassSheet),
  caller: later(async () => (await import('../features/caller/caller-sheet.tsx')).CallerSheet),
  place: later(async () => (await import('../features/place/place-sheet.tsx')).PlaceSheet),
  link: later(async () => (await import('../features/linking/link-sheet.tsx')).LinkSheet),
  incident: later(async () => (await import('../features/record/incident-sheet.tsx')).IncidentSheet),
  'safe-contact': later(
    async () => (await import('../features/chat/safe-contact-sheet.tsx')).SafeContactSheet,
  ),
  'hand-over': later(async () => (await import('../features/chat/hand-over-sheet.tsx')).HandOverSheet),
  language: later(async () => (await import('../features/language/language-sheet.tsx')).LanguageSheet),
  close: later(async () => (await import('../features/record/close-sheet.tsx')).CloseSheet),
};

/** What the next key may be typed into: fetched with the first painting, because a letter would be lost that comes before. */
const fetchFirst = async (): Promise<void> =>
  void (await Promise.all([body, form, reasons, message, Tab].map(async ({ load }) => load())));

/** What else a key or a click opens is not needed for the first painting, and fetched soon after it. */
const fetchLater = async (): Promise<void> =>
  void (await Promise.all([
    fetchActWords(),
    ...[
      ...[
        Fault,
        Told,
        context,
        body,
        form,
        reasons,
        message,
        help,
        palette,
        search,
        guide,
        missed,
        kept,
        outbox,
        lock,
        signIn,
        signOff,
        majorLine,
        offers,
        unread,
        which,
        sound,
      ],
      ...Object.values(sheets),
    ].map(async ({ load }) => load()),
  ]));

/** The page of a desk that is not open: signing in, or the lock. */
export const fetchEntry = async (): Promise<void> =>
  void (await Promise.all([lock.load(), signIn.load(), Fault.load()]));

export const LockPage = lock.Shown;
export const SignInPage = signIn.Shown;
export const SignOffPage = signOff.Shown;
export const MajorLine = majorLine.Shown;
export const OfferLine = offers.Shown;
export const UnreadLine = unread.Shown;
export const Sound = sound.Shown;
export const HelpSheet = help.Shown;
export const CommandPalette = palette.Shown;

/** What stands in the panes, and lies over them. */
export const paneParts: PaneParts = {
  Inbox,
  WorkPane,
  ChatComposer: message.Shown,
  ContactBody: body.Shown,
  ContextPane: context.Shown,
  MissedReport: missed.Shown,
  NewContactForm: form.Shown,
  Outbox: kept.Shown,
  OutboxView: outbox.Shown,
  ReasonStrip: () => createElement(Fragment, null, createElement(reasons.Shown), createElement(which.Shown)),
  SearchPanel: search.Shown,
  GuidePanel: guide.Shown,
  sheets: Object.fromEntries(Object.entries(sheets).map(([kind, { Shown }]) => [kind, Shown])),
  fetchFirst,
  fetchLater,
};

/** THE registry: everything a handler can do (rule W-05). */
export const commands: readonly Command[] = [
  ...emergencyCommands,
  ...soundCommands,
  ...inboxCommands,
  ...contactCommands,
  ...chatCommands,
  ...languageCommands,
  ...triageCommands,
  ...majorCommands,
  ...unreadCommands,
  ...recordCommands,
  ...callerCommands,
  ...placeCommands,
  ...newContactCommands,
  ...linkingCommands,
  ...undoCommands,
  ...callCommands,
  ...signpostCommands,
  ...outboundCommands,
  ...searchCommands,
  ...missedCommands,
  ...outboxCommands,
  ...paperCommands,
  ...sessionCommands,
  ...windowCommands,
];
