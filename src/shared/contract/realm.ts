/** Which world a program belongs to. Two realms never meet on a link or in a file (rule L-03). */
export const realms = ['live', 'demo', 'training'] as const;
export type Realm = (typeof realms)[number];

/** Opens the one account of training, and nothing else: it stands on its pages (rule TS-05). */
export const TRAINING_PIN = '0000';
