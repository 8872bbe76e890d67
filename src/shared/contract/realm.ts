/** Which world a program belongs to. Two realms never meet on a link or in a file (rule L-03). */
export const realms = ['live', 'demo', 'training'] as const;
export type Realm = (typeof realms)[number];
