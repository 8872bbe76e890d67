import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree, root } from './source-tree.ts';

/** One TypeScript program per runtime: a global of the wrong world does not compile. */
interface Program {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly lib: readonly string[];
  readonly types: readonly string[];
}

interface Config {
  readonly extends?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
  readonly compilerOptions?: { readonly lib?: readonly string[]; readonly types?: readonly string[] };
}

/** A tsconfig as JSON: its comments stand on lines of their own. */
const readConfig = (name: string): Config =>
  JSON.parse(readFileSync(`${root}${name}`, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')) as Config;

function readProgram(name: string): Program {
  const { extends: base, include = [], exclude = [], compilerOptions = {} } = readConfig(name);
  const inherited = base === undefined ? { lib: [], types: [] } : readProgram(base.replace('./', ''));
  return {
    name,
    include,
    exclude,
    lib: compilerOptions.lib ?? inherited.lib,
    types: compilerOptions.types ?? inherited.types,
  };
}

const programs = (readConfig('tsconfig.json').references ?? []).map(({ path }) =>
  readProgram(path.replace('./', '')),
);
const program = (name: string): Program => {
  const found = programs.find((one) => one.name === `tsconfig.${name}.json`);
  if (found === undefined) throw new Error(`tsconfig.json names no tsconfig.${name}.json`);
  return found;
};

const covers = (patterns: readonly string[], path: string): boolean =>
  patterns.some(
    (pattern) => matchesGlob(path, pattern) || (!/[*.]/.test(pattern) && path.startsWith(`${pattern}/`)),
  );
const ownersOf = (path: string, all: readonly Program[] = programs): string[] =>
  all
    .filter(({ include, exclude }) => covers(include, path) && !covers(exclude, path))
    .map(({ name }) => name);
const knowsDom = ({ lib }: Program): boolean => lib.some((name) => /^(dom|webworker)/i.test(name));
const knowsNode = ({ types }: Program): boolean => types.includes('node');

describe('the runtimes', () => {
  it('W-13: the domain and the contracts compile without the DOM and without Node', () => {
    expect([program('shared').types, knowsDom(program('shared'))]).toEqual([[], false]);
  });

  it('W-13: the window compiles without Node, and what runs in Node without the DOM', () => {
    expect([knowsNode(program('web')), knowsDom(program('web'))]).toEqual([false, true]);
    expect([knowsNode(program('node')), knowsDom(program('node'))]).toEqual([true, false]);
  });

  it('W-13: no program leaves its types open, which would let in all that is installed', () => {
    const open = programs.filter(({ name }) => readConfig(name).compilerOptions?.types === undefined);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('W-13: every file of the program and of its tests belongs to exactly one runtime', () => {
    const owned = Object.keys({ ...readTree('src'), ...readTree('tests') }).map((path) => [
      path,
      ...ownersOf(path),
    ]);
    // A declaration holds no program: both sides of the bridge may read it.
    const strays = owned.filter(([path = '', ...owners]) =>
      path.endsWith('.d.ts') ? owners.length < 1 : owners.length !== 1,
    );
    expect(strays).toEqual([]);
  });

  it.each([
    ['src/shared/domain/lifecycle.ts', 'tsconfig.shared.json'],
    ['src/shared/domain/lifecycle.test.ts', 'tsconfig.node.json'],
    ['src/queue/store/contact-rows.ts', 'tsconfig.node.json'],
    ['src/main/shell/window.ts', 'tsconfig.node.json'],
    ['src/renderer/features/inbox/inbox.tsx', 'tsconfig.web.json'],
    ['src/renderer/features/inbox/inbox.test.tsx', 'tsconfig.bridge.json'],
    ['src/preload/index.ts', 'tsconfig.bridge.json'],
  ])('W-13: %s belongs to %s', (path, owner) => {
    expect(ownersOf(path)).toEqual([owner]);
  });

  it('W-13: "npm run types" checks every runtime', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
      scripts: { types: string };
    };
    expect(programs.filter(({ name }) => !scripts.types.includes(name)).map(({ name }) => name)).toEqual([]);
  });

  it('W-13: a file in two runtimes, or in none, is seen', () => {
    const greedy = { ...program('web'), name: 'greedy', include: ['src/**/*.ts'] };
    expect(ownersOf('src/queue/service.ts', [...programs, greedy])).toEqual(['tsconfig.node.json', 'greedy']);
    expect(ownersOf('src/elsewhere/service.ts')).toEqual([]);
  });
});
