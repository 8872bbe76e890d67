import { z } from 'zod';
import {
  photoKinds,
  photoTroubles,
  PICTURE_BYTES_LIMIT,
  type Photo,
  type PhotoId,
} from '../domain/record/photo.ts';
import { branded, instantSchema } from './basic-schemas.ts';

export const photoIdSchema = branded<PhotoId>(z.uuid());

const side = z.int().min(1).max(65_535);

export const photoSchema: z.ZodType<Photo> = z.object({
  id: photoIdSchema,
  n: z.int().positive(),
  receivedAt: instantSchema,
  kind: z.enum(photoKinds),
  bytes: z.int().positive(),
  seen: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('picture'),
      width: side,
      height: side,
      bytes: z.int().positive().max(PICTURE_BYTES_LIMIT),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    z.object({ kind: z.literal('unreadable'), trouble: z.enum(photoTroubles) }),
  ]),
});
