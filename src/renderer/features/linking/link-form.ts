import { linkKinds, type LinkKind } from '../../../shared/domain/record/parts.ts';

/** What is half-written in the sheet that links. */
export interface LinkForm {
  readonly typed: string;
  readonly fact: string;
  /** Chosen by the handler; `null`: what fits the way it was found. */
  readonly kind: LinkKind | null;
  /** Nothing fits by itself: the handler must choose (rule AS-10). */
  readonly asks: boolean;
}

export const blankLink: LinkForm = { typed: '', fact: '', kind: null, asks: false };

/** For a contact of which nothing but the place is the same. */
export const askedForm = (ref: string): LinkForm => ({ ...blankLink, typed: ref, asks: true });

export function readLinkForm(value: unknown): LinkForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { typed, fact, kind, asks } = value as Record<string, unknown>;
  if (typeof typed !== 'string' || typeof fact !== 'string') return null;
  return { typed, fact, kind: linkKinds.find((each) => each === kind) ?? null, asks: asks === true };
}
