import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import type { ContactId, DeskId, HandlerId } from '../../shared/domain/ids.ts';
import type { DeskStatus } from '../../shared/domain/desk-status.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** What a PIN is kept as (rule A-01): scrypt's parameters, the salt and the hash, the last two in hexadecimal. */
export interface PinHash {
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly hash: string;
}

/** Somebody who may sign in. Never taken out: a closed account is kept for the record (rule A-12). */
export interface Account {
  readonly handler: HandlerId;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly pin: PinHash;
}

/** One sign-in of one handler at one desk. The token itself is kept nowhere (rule A-02). */
export interface SignIn {
  /** SHA-256 of the token. Hexadecimal. */
  readonly digest: string;
  readonly handler: HandlerId;
  readonly desk: DeskId;
  readonly at: Instant;
  /** When the desk last spoke to a queue with it: from here it holds (rule A-06). */
  readonly lastSeen: Instant;
  /** When it was ended: by signing off, by whoever works at the desk next, with its PIN, or with the account; or `null`. */
  readonly endedAt: Instant | null;
}

/** A sign-in with its account as it is now. */
export interface Standing {
  readonly signIn: SignIn;
  readonly account: Account;
}

/** Wrong PINs under one number or from one address (rule A-01). */
export interface Attempts {
  /** When wrong PINs came, oldest first; those that count no more are left out. */
  readonly recent: readonly Instant[];
  /** How many waits were imposed in a row. */
  readonly waits: number;
  /** Until when nobody is heard; long ago when nobody waits. */
  readonly until: Instant;
}

/** By what else than its reference a contact is known (rules P-03, P-05). */
export type AliasKind = 'provisional' | 'paper';

/** What the store tells of accounts, outside any transaction. */
export interface AccountReads {
  /** All accounts, closed ones too, by number. */
  accounts(): Promise<readonly Account[]>;
  /** The sign-ins of these digests that there are, ended ones too. */
  standings(digests: readonly string[]): Promise<readonly Standing[]>;
}

/**
 * One transaction's hands on accounts and sign-ins. Callers take attempts first, in the order of their keys, then
 * accounts, sign-ins and statuses, and `append` last.
 */
export interface AccountTransaction {
  account(handler: HandlerId): Promise<Account | null>;
  /** Makes an account, or replaces what is known of it. */
  putAccount(account: Account): Promise<void>;

  standing(digest: string): Promise<Standing | null>;
  keepSignIn(signIn: SignIn): Promise<void>;
  /** The desk was heard of with it. Never moves back. */
  seeSignIn(digest: string, at: Instant): Promise<void>;
  /**
   * Ends the sign-ins that fit and have not ended. `desk` and `except` together: of everybody else at that desk whom no queue has seen
   * since `seenBefore`.
   */
  endSignIns(
    which:
      | { readonly digest: string }
      | { readonly handler: HandlerId }
      | { readonly desk: DeskId; readonly except: HandlerId; readonly seenBefore: Instant },
    at: Instant,
  ): Promise<void>;
  /** When a queue last saw this handler at this desk, whatever became of the sign-in; `null` when never (rule A-08). */
  lastSeenAt(handler: HandlerId, desk: DeskId): Promise<Instant | null>;

  /** What is remembered under a key, held until the end of the transaction; nothing wrong yet when it is new. */
  attempts(key: string): Promise<Attempts>;
  /** `forgetAt`: from then on it means nothing and may be thrown away. */
  keepAttempts(key: string, attempts: Attempts, forgetAt: Instant): Promise<void>;
  dropAttempts(key: string): Promise<void>;
  /** Throws away what means nothing any more. */
  dropAttemptsBefore(now: Instant): Promise<void>;

  /** What the person at a desk is doing now; `null` takes it away. Nothing earlier is kept (rules ). */
  putDeskStatus(desk: DeskId, handler: HandlerId, status: DeskStatus | null): Promise<void>;
  deskStatus(desk: DeskId): Promise<DeskStatus | null>;
  /** Everybody signed in who has said what they are doing, with the chats in their hands, by the number of the desk (rule CH-16). Not held. */
  colleagues(seenSince: Instant): Promise<readonly Colleague[]>;

  /** The contact under which a paper log's number is known, or `null` (rule P-05). */
  contactOfPaperLog(name: string): Promise<ContactId | null>;
  keepAlias(kind: AliasKind, name: string, contact: ContactId): Promise<void>;
}
