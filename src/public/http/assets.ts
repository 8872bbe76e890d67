import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Reply } from './exchange.ts';

type File = Extract<Reply, { kind: 'file' }>;

/** The pages’ own files: one style sheet, one sign, the small scripts. Read once; nothing else of the disk is ever served. */
export interface Assets {
  find(path: string): File | null;
  /** Its address, with a fingerprint that changes with the file, so that it may be kept for long. */
  address(name: string): string;
  /** All scripts together, as they are sent unpacked. Bytes. */
  readonly scriptBytes: number;
}

export function readAssets(folders: { readonly files: string; readonly scripts: string }): Assets {
  const found = new Map<string, File>();
  const add = (name: string, type: string, text: string): void => {
    const bytes = Buffer.from(text);
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
    found.set(name, { kind: 'file', type, bytes, packed: gzipSync(bytes, { level: 9 }), tag });
  };
  add('public.css', 'text/css; charset=utf-8', readFileSync(join(folders.files, 'public.css'), 'utf8'));
  add('icon.svg', 'image/svg+xml', readFileSync(join(folders.files, 'icon.svg'), 'utf8'));
  let scriptBytes = 0;
  for (const name of readdirSync(folders.scripts).filter((each) => /^[a-z]+\.ts$/.test(each))) {
    const script = scriptOf(readFileSync(join(folders.scripts, name), 'utf8'));
    scriptBytes += Buffer.byteLength(script);
    add(`${basename(name, '.ts')}.js`, 'text/javascript; charset=utf-8', script);
  }
  return {
    find: (path) => {
      const [, name = ''] = /^\/assets\/([a-z]+\.[a-z]+)$/.exec(path) ?? [];
      return found.get(name) ?? null;
    },
    address(name) {
      const file = found.get(name);
      if (file === undefined) throw new Error(`bug: there is no file ${name}`);
      return `/assets/${name}?${file.tag}`;
    },
    scriptBytes,
  };
}

/** TypeScript without its types is what browsers run; comments and the room that types leave are for readers of the source. */
const scriptOf = (source: string): string =>
  stripTypeScriptTypes(source)
    .replace(/^\s*\/\*\*[^]*?\*\/\s*$/gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
