/** Where the bytes of one field go, as they come. */
export interface FieldSink {
  add(bytes: Buffer): Promise<void> | void;
  end(): Promise<void> | void;
}

/** The head of one field. A file’s own name is not read: it may name a person, and nothing is done with it. */
export interface FieldHead {
  readonly name: string;
  readonly isFile: boolean;
}

/** A head is a line or two. Bytes. */
const HEAD_LIMIT = 4 * 1024;
const LINE = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/** The boundary that a form with files names in its Content-Type, or `null`. */
export function boundaryOf(contentType: string | undefined): string | null {
  const found = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*$/i.exec(
    contentType ?? '',
  );
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * Reads a form with files as a browser sends it, each field going to its sink as it comes, so that no file is ever whole in memory. False when it is
 * cut off, is no such form, has more than `fields` fields, or is more than `limit` bytes; what its sinks got until then is not to be used.
 */
export async function readMultipart(
  chunks: AsyncIterable<Buffer>,
  {
    boundary,
    limit,
    fields,
    sinkFor,
  }: {
    readonly boundary: string;
    readonly limit: number;
    readonly fields: number;
    readonly sinkFor: (head: FieldHead) => FieldSink;
  },
): Promise<boolean> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first one stands at the very beginning, without a line before it.
  let held: Buffer = LINE;
  let state: 'before' | 'mark' | 'head' | 'body' | 'over' = 'before';
  let sink: FieldSink | null = null;
  let size = 0;
  let count = 0;

  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) return false;
    if (state === 'over') continue;
    held = Buffer.concat([held, chunk]);
    for (let isMore = true; isMore;) {
      isMore = false;
      switch (state) {
        case 'before':
        case 'body': {
          const at = held.indexOf(delimiter);
          // What may be the beginning of the next delimiter waits for the rest.
          const sure = at < 0 ? Math.max(0, held.length - delimiter.length + 1) : at;
          if (sink !== null && sure > 0) await sink.add(held.subarray(0, sure));
          held = held.subarray(at < 0 ? sure : at + delimiter.length);
          if (at < 0) break;
          if (sink !== null) await sink.end();
          sink = null;
          state = 'mark';
          isMore = true;
          break;
        }
        case 'mark': {
          if (held.length < 2) break;
          const mark = held.subarray(0, 2).toString('latin1');
          if (mark !== '--' && mark !== '\r\n') return false;
          state = mark === '--' ? 'over' : 'head';
          // The line that ends the mark is also the one before the head.
          if (state === 'head') isMore = true;
          break;
        }
        case 'head': {
          const at = held.indexOf(HEAD_END);
          if (at < 0) {
            if (held.length > HEAD_LIMIT) return false;
            break;
          }
          const head = at > HEAD_LIMIT ? null : headOf(held.subarray(0, at).toString('utf8'));
          count += 1;
          if (head === null || count > fields) return false;
          sink = sinkFor(head);
          held = held.subarray(at + HEAD_END.length);
          state = 'body';
          isMore = true;
          break;
        }
        case 'over':
          break;
      }
    }
  }
  return state === 'over';
}

function headOf(text: string): FieldHead | null {
  const line = text.split('\r\n').find((each) => /^content-disposition:/i.test(each));
  const name = /;\s*name="([^"]{1,60})"/i.exec(line ?? '')?.[1];
  return name === undefined ? null : { name, isFile: /;\s*filename\*?=/i.test(line ?? '') };
}
