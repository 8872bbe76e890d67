/**
 * Branded ids: a contact's id cannot be handed over where a desk's is wanted.
 * They are made only by an injected `newId`, and parsed only at the four doors.
 */
declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One contact of a member of the public, for ever. A UUID. */
export type ContactId = Branded<string, 'ContactId'>;
/** One desk (a workstation profile), minted with its profile folder. A UUID. */
export type DeskId = Branded<string, 'DeskId'>;
/** A handler's collar or staff number, as typed at sign-in. */
export type HandlerId = Branded<string, 'HandlerId'>;
/** One command: the key under which its effect happens exactly once. A UUID. */
export type CommandId = Branded<string, 'CommandId'>;
/** One life of a desk's database. A new database, or one restored from a copy, gets another (rule L-16). A UUID. */
export type Incarnation = Branded<string, 'Incarnation'>;
/** One time line of the queue's database. Changes when anything may have been lost (rule L-02). A UUID. */
export type StoreEpoch = Branded<string, 'StoreEpoch'>;
/** Position in the queue's log: 1, 2, 3 … without gaps, in commit order. 0 is "before everything". */
export type Lsn = Branded<number, 'Lsn'>;
/** Ownership's fencing number: grows by one with every claim of a contact. 0 before the first (rule C-05). */
export type Fence = Branded<number, 'Fence'>;

/** Makes a new random UUID. Passed in, so that tests and simulations are repeatable. */
export type NewId = () => string;

/** Marks a parsed or freshly made value as the id it is. Use it at a door or beside `newId`, nowhere else. */
export const asContactId = (value: string): ContactId => value as ContactId;
export const asDeskId = (value: string): DeskId => value as DeskId;
export const asHandlerId = (value: string): HandlerId => value as HandlerId;
export const asCommandId = (value: string): CommandId => value as CommandId;
export const asIncarnation = (value: string): Incarnation => value as Incarnation;
export const asStoreEpoch = (value: string): StoreEpoch => value as StoreEpoch;
export const asLsn = (value: number): Lsn => value as Lsn;
export const asFence = (value: number): Fence => value as Fence;
