/** What somebody may do here. Given with the account, at the queue. */
export const roles = ['handler', 'trainee', 'mentor', 'team-leader'] as const;
export type Role = (typeof roles)[number];
