import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import type { DeskStatusKind } from '../../shared/domain/desk-status.ts';
import type { DeskId, HandlerId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Queryable } from './contact-rows.ts';

interface ColleagueRow {
  readonly desk: DeskId;
  readonly number: number;
  readonly handler: HandlerId;
  readonly name: string;
  readonly role: Role;
  readonly kind: DeskStatusKind;
  readonly chats: string;
  readonly has_risk: boolean;
}

/**
 * Everybody who is signed in and has said what they are doing, with the chats in their hands (rule CH-16), by the number of the desk.
 * `seenSince`: a sign-in that no queue has seen since has run out.
 */
export async function colleagueRows(db: Queryable, seenSince: Instant): Promise<readonly Colleague[]> {
  const { rows } = await db.query<ColleagueRow>(
    `with work as (
       select owner_desk as desk, count(*) as chats,
         bool_or(band = 'A' or body->'flags'->'lookFirst' = 'true'::jsonb) as has_risk
       from contact
       where state in ('owned', 'link-lost') and body->>'channel' = 'web-chat'
         and body->>'channelState' not in ('ended', 'left-by-exit')
       group by owner_desk
     )
     select desk.id as desk, desk.number, account.handler, account.name, account.role, desk_status.kind,
       coalesce(work.chats, 0) as chats, coalesce(work.has_risk, false) as has_risk
     from desk_status
       join desk on desk.id = desk_status.desk
       join account on account.handler = desk_status.handler and account.is_active
       left join work on work.desk = desk_status.desk
     where exists (
       select from sign_in
       where sign_in.desk = desk_status.desk and sign_in.handler = desk_status.handler
         and sign_in.ended_at is null and sign_in.last_seen >= $1)
     order by desk.number`,
    [seenSince],
  );
  return rows.map(
    ({ desk, number: deskNumber, handler, name, role, kind: status, chats, has_risk: hasRisk }) => ({
      actor: { desk, deskNumber, handler },
      ...{ name, role, status, hasRisk, chats: Number(chats) },
    }),
  );
}
