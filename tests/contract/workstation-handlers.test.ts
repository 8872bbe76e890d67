import { describe, expect, it } from 'vitest';
import { readTree } from '../architecture/source-tree.ts';
import { pushNames, requestNames } from '../../src/shared/contract/workstation-names.ts';
import { pushes, requests } from '../../src/shared/contract/workstation.ts';

describe('the names of the window’s contract', () => {
  it('W-13: the names that the preload lets through are the names that have schemas, each once', () => {
    expect({ requests: [...requestNames].sort(), pushes: [...pushNames].sort() }).toEqual({
      requests: Object.keys(requests).sort(),
      pushes: Object.keys(pushes).sort(),
    });
  });

  it('W-13: no request is named like a push, so that one table of channels can carry both', () => {
    const pushed = new Set<string>(pushNames);
    expect(requestNames.filter((name) => pushed.has(name))).toEqual([]);
  });

  it('W-13: a name is plain words around one dot, which no address, path or prototype key can be', () => {
    expect(
      [...requestNames, ...pushNames].filter((name) => !/^[a-z]+\.[a-z]+(?:-[a-z]+)*$/.test(name)),
    ).toEqual([]);
  });
});

describe('the requests of the window', () => {
  it('W-14: each is served by exactly one part of the program', () => {
    // The table of access names every request and serves none.
    const isServer = (path: string): boolean =>
      !path.includes('.test.') && !path.endsWith('/request-access.ts');
    const program = Object.entries(readTree('src/main')).filter(([path]) => isServer(path));
    const servers = (name: string) =>
      program
        .filter(([, text]) => new RegExp(`^\\s*'${name.replace('.', '[.]')}'(?:: |\\()`, 'm').test(text))
        .map(([path]) => path);
    const notServedOnce = requestNames
      .map((name) => [name, ...servers(name)])
      .filter((line) => line.length !== 2);
    expect(notServedOnce).toEqual([]);
  });
});
