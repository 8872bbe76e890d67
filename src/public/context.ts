import type { IncomingMessage } from 'node:http';
import type { Logger } from '../platform/log.ts';
import type { Clock, Timers } from '../shared/domain/time.ts';
import type { ChatRooms } from './chat/chat-rooms.ts';
import type { FirstTierKnowledge } from './chat/first-tier.ts';
import type { Shell } from './html/page.ts';
import type { Admitted, Sending } from './http/admission.ts';
import type { Fields } from './http/exchange.ts';
import type { FormTokens } from './http/security.ts';
import type { Sessions } from './http/sessions.ts';
import type { Courier } from './queue/courier.ts';
import type { HeldPhoto, HeldPhotos } from './photos/held-photos.ts';
import type { Upload } from './photos/read-upload.ts';
import type { KeptParcels } from './queue/kept-parcels.ts';
import type { PublicKnowledge } from './knowledge.ts';
import type { Answers, ReportKind } from './report/form.ts';
import type { ReportForms } from './report/form-file.ts';
import type { Waits } from './waits.ts';

/** A report somebody is in the middle of. */
export interface ReportUnderWay {
  readonly kind: ReportKind;
  readonly answers: Answers;
  /** Under which it will be handed over: made before it can be sent, the same however often it is (rule WP-12). */
  readonly key: string;
  /** What they will be given to quote. */
  readonly code: string;
  /** Added so far, in their order; never on the person’s device. */
  readonly photos: readonly HeldPhoto[];
  /** They have been asked for photos. */
  readonly photosAsked: boolean;
  /** Whether they want it on their device. */
  readonly keepOnDevice: boolean;
  /** `null` until it was sent; then its answers are not here any more, only whether they can be reached (`null`: not known) and under which keys their photos go. */
  readonly sent: { readonly canBeReached: boolean | null; readonly photos: readonly string[] } | null;
}

/** What one browser is in the middle of. */
export interface Visit {
  /** Tells whose browser it is of, and nothing else: what is kept for another run of the program is found by it. */
  readonly name: string;
  reports: ReadonlyMap<ReportKind, ReportUnderWay>;
  /** The key of their chat; `null` for none. */
  chat: string | null;
  /** When they last began a chat or sent a report. Monotonic milliseconds; `null`: not yet. */
  sentAt: number | null;
}

/** Everything the pages work with. */
export interface Place {
  readonly shell: Shell;
  readonly forms: ReportForms;
  readonly knowledge: PublicKnowledge;
  readonly tier: FirstTierKnowledge;
  readonly visits: Sessions<Visit>;
  readonly tokens: FormTokens;
  readonly kept: KeptParcels;
  readonly courier: Courier;
  readonly held: HeldPhotos;
  readonly rooms: ChatRooms;
  readonly waits: Waits;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
}

/** One request, with who it is from as far as that may be known. */
export interface Ask {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Empty but for a form that was sent. */
  readonly fields: Fields;
  /** Photos that came with a form; `null` for any other form. */
  readonly upload: Upload | null;
  /** The name of the visit that the browser holds; `null` when it holds none that is under way. */
  readonly visitId: string | null;
  readonly visit: Visit | null;
  /** What a form on the answering page must carry. */
  readonly token: string;
  /** Tells one address and browser from another, and nothing else about them. */
  readonly caller: string;
  /** Asked before a chat is begun or a report is sent: whether it may, or has to wait a moment (rules WP-60 to WP-64). */
  readonly admit: (what: Pick<Sending, 'words' | 'isRisk'>) => Admitted;
  /** Begins a visit: the answer tells the browser its name. Returns it at once. */
  readonly beginVisit: () => { readonly visit: Visit; readonly token: string };
  /** Ends the visit: the answer takes its name from the browser. */
  readonly endVisit: () => void;
}
