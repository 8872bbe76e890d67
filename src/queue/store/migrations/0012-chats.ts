import type { Migration } from '../migrate.ts';

/**
 * Chats, forms, safe contact and translations stand on a contact (rules CH, LG): nothing, for those that are here already. A chat that goes on waits for a line of ours
 * since it came, because none was ever written. Frozen like every migration.
 *
 * The store epoch changes: every desk takes a snapshot once, so that its copies have what is filled in here.
 */
export const chats: Migration = {
  version: 12,
  name: 'chats',
  sql: `
alter table contact disable trigger contact_edge;
update contact set body = '{"chat": null, "form": null, "safeContacts": [], "languageChosen": null, "translations": []}'::jsonb || body
  || jsonb_build_object('marks', jsonb_build_object('backTo', null, 'turnSince',
    case when body ->> 'channel' = 'web-chat'
      and body ->> 'channelState' not in ('ended', 'dropped', 'left-by-exit')
      and jsonb_typeof(body -> 'closing') <> 'object'
    then received_at end) || (body -> 'marks'));
alter table contact enable trigger contact_edge;

update meta set store_epoch = gen_random_uuid()::text;
`,
};
