import type { Role } from '../../shared/domain/role.ts';

export const roleWords: Readonly<Record<Role, string>> = {
  handler: 'handler',
  trainee: 'trainee',
  mentor: 'mentor',
  'team-leader': 'team leader',
};
