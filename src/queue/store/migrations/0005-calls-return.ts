import type { Migration } from '../migrate.ts';

/**
 * A closed contact whose caller is on the line once more waits for everybody again (rule C-32), under a new fence. Frozen like every
 * migration.
 */
export const callsReturn: Migration = {
  version: 5,
  name: 'calls return',
  sql: `
create or replace function contact_edge() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.seq <> old.seq then
    raise exception 'contact % cannot change its id or number', old.id using errcode = 'check_violation';
  end if;
  if new.rev <> old.rev + 1 then
    raise exception 'contact % cannot go from rev % to rev %', old.id, old.rev, new.rev using errcode = 'check_violation';
  end if;
  if new.state = old.state and new.owner_desk is not distinct from old.owner_desk and new.fence = old.fence then
    return new;
  end if;
  if not (case old.state
    when 'waiting' then new.state in ('owned', 'closed')
    when 'owned' then new.state in ('waiting', 'owned', 'link-lost', 'closed')
    when 'link-lost' then new.state in ('owned', 'verify', 'waiting', 'closed')
    when 'verify' then new.state in ('owned', 'closed')
    when 'closed' then new.state in ('owned', 'waiting')
  end) then
    raise exception 'contact % cannot go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = 'waiting' and new.fence = old.fence + 1 then
    return new;
  end if;
  -- Ownership that somebody new gets has a new number; the old owner coming back keeps his (rule C-06).
  if new.fence <> old.fence + (case
      when new.state = 'owned' and not (old.state = 'link-lost' and new.owner_desk = old.owner_desk) then 1 else 0 end) then
    raise exception 'contact % cannot go from fence % to fence %', old.id, old.fence, new.fence using errcode = 'check_violation';
  end if;
  return new;
end $$;
`,
};
