import type { PolicyHeader } from './header.ts';

/** What sort of event it is, by the words in which people tell of it. */
export interface IncidentType {
  readonly id: string;
  /** As a handler reads it: "a crash". */
  readonly name: string;
  /** Phrases, written as those of the risk words. */
  readonly words: readonly string[];
  /** Ids of other types that may well be the same event. Goes both ways. */
  readonly compatibleWith: readonly string[];
}

/** When two contacts may belong together, and what counts as a repeat (rules AS-10 to AS-13, AS-19). */
export interface LinkingPolicy extends PolicyHeader {
  readonly sameIncident: {
    /** Received within so many minutes of each other. */
    readonly withinMinutes: number;
    /** Places within so many metres of each other, whatever their circles leave open taken off. */
    readonly withinMetres: number;
    /** A road of one name counts as the same up to this distance, where both distances are known. Metres. */
    readonly sameRoadMetres: number;
  };
  /** A circle with a larger radius says nothing about where: that of a mast. Metres. */
  readonly largestRadiusMetres: number;
  readonly repeats: {
    /** Contacts of one caller, this one among them, within hours. */
    readonly caller: { readonly contacts: number; readonly hours: number };
    /** Contacts about one place, this one among them, within days; counted no further back than a desk keeps what is closed. */
    readonly location: { readonly contacts: number; readonly days: number };
  };
  readonly types: readonly IncidentType[];
  /** Two words with capitals that are a town or a service, never a person: `Hemel Hempstead`. */
  readonly notPeople: readonly string[];
}
