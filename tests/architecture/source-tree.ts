import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** The project's folder, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Paths from the project's folder, with forward slashes, and what stands in each file. */
export type Tree = Readonly<Record<string, string>>;

/** Every program text under `folder`: `.ts` and `.tsx`. */
export function readTree(folder: string): Tree {
  const entries = readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').slice(root.length));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}

/** A file that is part of the program: neither a test nor what stands in `testing/` for tests to use. */
export const isProgram = (path: string): boolean => !/\.test\.tsx?$|\/testing\//.test(path);

/** One place where a file names another module. */
export interface Edge {
  readonly from: string;
  readonly line: number;
  /** A path of the project for a relative import; otherwise the package or `node:` module as written. */
  readonly to: string;
  /** Gone when the program runs: `import type`, or an import of types alone. */
  readonly typeOnly: boolean;
}

/** What the guards want to know about one file. */
export interface FileFacts {
  readonly path: string;
  readonly edges: readonly Edge[];
  /** Imports whose target is not a plain text, so that nobody can check them. */
  readonly unreadable: readonly number[];
  readonly defaultExports: readonly number[];
  readonly reExports: readonly { readonly line: number; readonly all: boolean }[];
  /** True when the file does nothing but pass on what others export. */
  readonly onlyReExports: boolean;
  /** Uses of clocks, timers and randomness: `Date.now`, `new Date()`, `setTimeout` … */
  readonly ambient: readonly { readonly line: number; readonly name: string }[];
  /** Strings and templates, with `?` where a template has a value. */
  readonly texts: readonly { readonly line: number; readonly text: string }[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
const nodeAt = (node: Node | null, key: string): Node | null => {
  const inner = node?.[key];
  return isNode(inner) ? inner : null;
};
const nodesAt = (node: Node, key: string): Node[] => {
  const inner = node[key];
  return Array.isArray(inner) ? inner.filter(isNode) : [];
};
const literal = (node: Node | null): string | null => {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node?.type === 'TSLiteralType') return literal(nodeAt(node, 'literal'));
  if (node?.type === 'TemplateLiteral' && nodesAt(node, 'expressions').length === 0)
    return templateText(node);
  return null;
};
const templateText = (node: Node): string =>
  nodesAt(node, 'quasis')
    .map((quasi) => (quasi['value'] as { cooked?: string | null }).cooked ?? '')
    .join('?');
const nameOf = (node: Node | null): string | null => {
  if (node?.type === 'Identifier') return String(node['name']);
  return node?.['computed'] === false || node?.type === 'Literal' ? literal(node) : null;
};

const globals = new Set(['globalThis', 'window', 'self', 'global']);
const timers = new Set(['setTimeout', 'setInterval']);
/** Objects whose named member reads the world: a clock, or chance. */
const worldly: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now', 'timeOrigin'],
  crypto: ['randomUUID', 'getRandomValues'],
};

/** Reads one file with a real parser, so that comments, strings and line breaks cannot mislead it. */
export function factsOf(path: string, text: string): FileFacts {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message ?? ''}`);
  const lineOf = (node: Node): number => text.slice(0, node.start).split('\n').length;
  const edges: Edge[] = [];
  const unreadable: number[] = [];
  const defaultExports: number[] = [];
  const reExports: { line: number; all: boolean }[] = [];
  const ambient: { line: number; name: string }[] = [];
  const texts: { line: number; text: string }[] = [];

  const addEdge = (node: Node, source: Node | null, typeOnly: boolean): void => {
    const specifier = literal(source);
    if (specifier === null) unreadable.push(lineOf(node));
    else edges.push({ from: path, line: lineOf(node), to: resolved(path, specifier), typeOnly });
  };
  const onlyTypes = (node: Node, kind: 'importKind' | 'exportKind'): boolean => {
    const specifiers = nodesAt(node, 'specifiers');
    return (
      node[kind] === 'type' || (specifiers.length > 0 && specifiers.every((one) => one[kind] === 'type'))
    );
  };

  const visit = (node: Node, parent: Node | null): void => {
    switch (node.type) {
      case 'ImportDeclaration':
        addEdge(node, nodeAt(node, 'source'), onlyTypes(node, 'importKind'));
        break;
      case 'ExportNamedDeclaration':
        if (nodeAt(node, 'source') !== null) {
          addEdge(node, nodeAt(node, 'source'), onlyTypes(node, 'exportKind'));
          reExports.push({ line: lineOf(node), all: false });
        }
        if (nodesAt(node, 'specifiers').some((one) => nameOf(nodeAt(one, 'exported')) === 'default')) {
          defaultExports.push(lineOf(node));
        }
        break;
      case 'ExportAllDeclaration':
        addEdge(node, nodeAt(node, 'source'), node['exportKind'] === 'type');
        reExports.push({ line: lineOf(node), all: true });
        break;
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
        defaultExports.push(lineOf(node));
        break;
      case 'ImportExpression':
        addEdge(node, nodeAt(node, 'source'), false);
        break;
      case 'TSImportType':
        addEdge(node, nodeAt(node, 'source') ?? nodeAt(node, 'argument'), true);
        break;
      case 'TSExternalModuleReference':
        addEdge(node, nodeAt(node, 'expression'), false);
        break;
      case 'CallExpression':
        if (nameOf(nodeAt(node, 'callee')) === 'require')
          addEdge(node, nodesAt(node, 'arguments')[0] ?? null, false);
        if (nameOf(nodeAt(node, 'callee')) === 'Date') ambient.push({ line: lineOf(node), name: 'Date()' });
        break;
      case 'NewExpression':
        if (nameOf(nodeAt(node, 'callee')) === 'Date' && nodesAt(node, 'arguments').length === 0) {
          ambient.push({ line: lineOf(node), name: 'new Date()' });
        }
        break;
      case 'MemberExpression': {
        const object = nodeAt(node, 'object');
        const owner =
          object?.type === 'MemberExpression' ? nameOf(nodeAt(object, 'property')) : nameOf(object);
        const member = nameOf(nodeAt(node, 'property')) ?? literal(nodeAt(node, 'property'));
        if (owner === null || member === null) break;
        if (worldly[owner]?.includes(member))
          ambient.push({ line: lineOf(node), name: `${owner}.${member}` });
        if (globals.has(owner) && timers.has(member)) ambient.push({ line: lineOf(node), name: member });
        break;
      }
      case 'Identifier': {
        const name = String(node['name']);
        const isName =
          parent !== null &&
          ['key', 'property'].some((key) => parent[key] === node) &&
          parent['computed'] !== true;
        const isType = parent?.type === 'TSTypeQuery';
        if ((timers.has(name) || name === 'randomUUID') && !isName && !isType)
          ambient.push({ line: lineOf(node), name });
        break;
      }
      case 'Literal':
        if (typeof node['value'] === 'string') texts.push({ line: lineOf(node), text: node['value'] });
        break;
      case 'TemplateLiteral':
        texts.push({ line: lineOf(node), text: templateText(node) });
        break;
    }
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'parent') continue;
      for (const child of Array.isArray(inner) ? (inner as unknown[]) : [inner])
        if (isNode(child)) visit(child, node);
    }
  };
  visit(program as unknown as Node, null);

  for (const { to, line } of edges) if (to.startsWith('node:timers')) ambient.push({ line, name: to });
  const body = nodesAt(program as unknown as Node, 'body');
  const passesOn = (node: Node): boolean =>
    /^Export(Named|All)/.test(node.type) && nodeAt(node, 'source') !== null;
  const onlyReExports = body.length > 0 && body.every(passesOn);
  const once = ambient.filter(
    ({ line, name }, index) =>
      ambient.findIndex((other) => other.line === line && other.name === name) === index,
  );
  return { path, edges, unreadable, defaultExports, reExports, onlyReExports, ambient: once, texts };
}

/** A relative import as a path of the project; anything else as it is written. */
function resolved(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.replace(/\?.*$/, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
