import { Agent, request, type ClientRequest } from 'node:http';

/** What came back. */
export interface Page {
  readonly status: number;
  readonly path: string;
  readonly text: string;
}

/** An event of a stream that is held open. */
export interface Told {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

/** A browser asks again so long after its stream was cut. Milliseconds. */
const AGAIN_MS = 1_000;

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** A browser at an address of its own, as far as the pages can tell: its cookie, its forms and the script’s requests. */
export class Browser {
  readonly #origin: URL;
  readonly #address: string;
  #cookie = '';

  constructor(origin: string, address: string) {
    this.#origin = new URL(origin);
    this.#address = address;
  }

  open(path: string): Promise<Page> {
    return this.#ask('GET', path, null, null);
  }

  /** A form as a browser sends it; follows where the answer leads. */
  send(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    const body = new URLSearchParams(fields).toString();
    return this.#ask('POST', path, body, 'application/x-www-form-urlencoded');
  }

  /** What a page’s script sends. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return this.#ask('POST', path, JSON.stringify(fields), 'application/json');
  }

  /** Listens as `EventSource` does, and comes back by itself when it is cut, with what it had last. */
  listen(path: string, heard: (told: Told) => void): { readonly close: () => void; cuts: () => number } {
    let isOver = false;
    let cuts = 0;
    let last: string | null = null;
    let current: ClientRequest | null = null;
    const begin = (): void => {
      const headers = { ...this.#headers(), ...(last === null ? {} : { 'last-event-id': last }) };
      current = request(new URL(path, this.#origin), { agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          const blocks = `${text}${part}`.split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            const told = toldIn(block);
            if (told === null) continue;
            last = told.id ?? last;
            heard(told);
          }
        });
        response.on('close', again);
        response.on('error', () => undefined);
      });
      current.on('error', again);
      current.end();
    };
    let isComing = false;
    const again = (): void => {
      if (isOver || isComing) return;
      isComing = true;
      cuts += 1;
      setTimeout(() => {
        isComing = false;
        if (!isOver) begin();
      }, AGAIN_MS);
    };
    begin();
    return {
      close: () => {
        isOver = true;
        current?.destroy();
      },
      cuts: () => cuts,
    };
  }

  #headers(): Record<string, string> {
    const cookie = this.#cookie === '' ? {} : { cookie: this.#cookie };
    return { 'x-forwarded-for': this.#address, 'user-agent': 'bench', ...cookie };
  }

  async #ask(method: string, path: string, body: string | null, type: string | null): Promise<Page> {
    const page = await this.#once(method, path, body, type);
    return page.to === null ? page : this.#ask('GET', page.to, null, null);
  }

  #once(
    method: string,
    path: string,
    body: string | null,
    type: string | null,
  ): Promise<Page & { readonly to: string | null }> {
    const sent =
      body === null ? {} : { 'content-type': type ?? '', 'content-length': Buffer.byteLength(body) };
    const headers = { ...this.#headers(), ...sent, origin: this.#origin.origin };
    return new Promise((resolve, reject) => {
      const asking = request(new URL(path, this.#origin), { agent, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const [set] = response.headers['set-cookie'] ?? [];
          if (set !== undefined) this.#cookie = set.split(';')[0] ?? '';
          const to = response.statusCode === 303 ? (response.headers.location ?? null) : null;
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: response.statusCode ?? 0, path, text, to });
        });
      });
      asking.on('error', reject);
      asking.end(body ?? undefined);
    });
  }
}

function toldIn(block: string): Told | null {
  const fields = new Map(
    block.split('\n').flatMap((line): (readonly [string, string])[] => {
      const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
  const event = fields.get('event');
  return event === undefined ? null : { event, id: fields.get('id') ?? null, data: fields.get('data') ?? '' };
}

/** The value of a hidden field, or of an attribute, on a page. */
export const tokenOn = ({ text }: Page): string => / name="token"[^>]* value="([^"]*)"/.exec(text)?.[1] ?? '';
