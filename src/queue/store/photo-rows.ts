import type { ContactId } from '../../shared/domain/ids.ts';
import type { PhotoId, PhotoKind } from '../../shared/domain/record/photo.ts';
import { asInstant } from '../../shared/domain/time.ts';
import type { Queryable } from './contact-rows.ts';
import type { KeptPhoto, LookedAt, ReceivedPhoto } from './photo-store.ts';

interface PhotoRow {
  readonly id: PhotoId;
  readonly contact: ContactId;
  readonly n: number;
  readonly received_at: string;
  readonly kind: PhotoKind;
  readonly bytes: number;
  readonly digest: string;
  readonly sealed_key: string;
  readonly state: KeptPhoto['state'];
  readonly tries: number;
}

const COLUMNS = 'id, contact, n, received_at, kind, bytes, digest, sealed_key, state, tries';

function photoOf({ received_at: receivedAt, sealed_key: sealedKey, ...row }: PhotoRow): KeptPhoto {
  return { ...row, sealedKey, receivedAt: asInstant(Number(receivedAt)) };
}

export async function insertPhoto(db: Queryable, photo: ReceivedPhoto): Promise<void> {
  const { id, contact, n, receivedAt, kind, bytes, digest, sealedKey, original } = photo;
  await db.query(
    `insert into photo (id, contact, n, received_at, kind, bytes, digest, sealed_key, original)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, contact, n, receivedAt, kind, bytes, digest, sealedKey, original],
  );
}

export async function photoCount(db: Queryable, contact: ContactId): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::integer as count from photo where contact = $1',
    [contact],
  );
  return rows[0]?.count ?? 0;
}

export async function photoRow(db: Queryable, id: PhotoId): Promise<KeptPhoto | null> {
  const { rows } = await db.query<PhotoRow>(`select ${COLUMNS} from photo where id = $1`, [id]);
  return rows[0] === undefined ? null : photoOf(rows[0]);
}

export async function photosToReadRows(db: Queryable, limit: number): Promise<readonly KeptPhoto[]> {
  const { rows } = await db.query<PhotoRow>(
    `select ${COLUMNS} from photo where state = 'received' order by received_at, id limit $1`,
    [limit],
  );
  return rows.map(photoOf);
}

export async function countTry(db: Queryable, id: PhotoId): Promise<number> {
  const { rows } = await db.query<{ tries: number }>(
    'update photo set tries = tries + 1 where id = $1 returning tries',
    [id],
  );
  return rows[0]?.tries ?? 0;
}

/** False when it was looked at before. */
export async function putLookedAt(db: Queryable, id: PhotoId, lookedAt: LookedAt): Promise<boolean> {
  const { rowCount } = await db.query(
    `update photo set state = $2, picture = $3 where id = $1 and state = 'received'`,
    [id, lookedAt.kind, lookedAt.kind === 'picture' ? lookedAt.sealed : null],
  );
  return rowCount === 1;
}

/** A piece of the sealed bytes; shorter at their end. `null`: there are none. */
export async function photoPiece(
  db: Queryable,
  id: PhotoId,
  {
    of,
    from,
    length,
  }: { readonly of: 'original' | 'picture'; readonly from: number; readonly length: number },
): Promise<Buffer | null> {
  const sql =
    of === 'original'
      ? 'select substring(original from $2::integer for $3::integer) as piece from photo where id = $1'
      : 'select substring(picture from $2::integer for $3::integer) as piece from photo where id = $1';
  const { rows } = await db.query<{ piece: Buffer | null }>(sql, [id, from + 1, length]);
  return rows[0]?.piece ?? null;
}
