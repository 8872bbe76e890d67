import { PICTURE_BYTES_LIMIT, type PhotoId } from '../../shared/domain/record/photo.ts';
import { askQueueForBytes, queueHttpUrl } from './queue-http.ts';

/** Fetching photos at the queue. Never rejects. */
export interface PhotoClient {
  /** The picture as served; `null` when there is no answer, or another than a picture. */
  read(photo: PhotoId, token: string): Promise<Buffer | null>;
}

/** For the queue behind a desk's socket address. */
export type ConnectPhotos = (queueUrl: string) => PhotoClient;

export const httpPhotos: ConnectPhotos = (queueUrl) => ({
  read: (photo, token) =>
    askQueueForBytes(queueHttpUrl(queueUrl, `/photos/${photo}`), `Bearer ${token}`, PICTURE_BYTES_LIMIT),
});
