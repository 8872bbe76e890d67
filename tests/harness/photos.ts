import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { TestQueue } from './queue.ts';

/** A small photo of one colour. */
export function aPhoto(over: { readonly width?: number; readonly height?: number } = {}): Promise<Buffer> {
  const { width = 40, height = 30 } = over;
  return sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } })
    .jpeg()
    .toBuffer();
}

/** Hands a photo over, as a source does. */
export async function attach(
  queue: Pick<TestQueue, 'intakeUrl' | 'intakeKey'>,
  contactKey: string,
  bytes: Buffer,
  over: {
    readonly key?: string;
    readonly type?: string;
    readonly method?: string;
    readonly bearer?: string;
  } = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${queue.intakeUrl}/contacts/${encodeURIComponent(contactKey)}/attachments`, {
    method: over.method ?? 'POST',
    headers: {
      authorization: `Bearer ${over.bearer ?? queue.intakeKey}`,
      'content-type': over.type ?? 'image/jpeg',
      'idempotency-key': over.key ?? randomUUID(),
    },
    ...(over.method === 'GET' ? {} : { body: new Uint8Array(bytes) }),
  });
  return { status: response.status, body: await response.json() };
}
