import { channelFacts } from '../../shared/domain/channel.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ShapeName } from '../ui/shape.tsx';

/** How urgent a contact looks: one of four, each with its shape, letter and word (rule W-08). */
export interface Mark {
  readonly level: 'emergency' | 'high' | 'medium' | 'normal';
  readonly shape: ShapeName;
  readonly letter: string;
  readonly word: string;
}

const marks: Readonly<Record<Mark['level'], Mark>> = {
  emergency: { level: 'emergency', shape: 'square', letter: 'E', word: 'Emergency' },
  high: { level: 'high', shape: 'triangle', letter: 'H', word: 'High' },
  medium: { level: 'medium', shape: 'diamond', letter: 'M', word: 'Medium' },
  normal: { level: 'normal', shape: 'dot', letter: 'N', word: 'Normal' },
};

/**
 * The mark of a contact, from facts that events have written. Only for the eye: order comes from band and due instant.
 * A grade is a person's judgement, so it outweighs what the program found in the words.
 */
export function markOf({ band, grade, flags, channel }: ContactSummary): Mark {
  if (band === 'A') return marks.emergency;
  if (grade === 'G1') return marks.high;
  if (grade === 'G2') return marks.medium;
  if (grade !== null) return marks.normal;
  if (flags.lookFirst) return marks.high;
  return flags.vulnerable || channelFacts[channel].live ? marks.medium : marks.normal;
}
