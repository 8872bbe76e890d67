import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** The project is ESM; what Electron loads is CommonJS. A package.json beside the bundle tells Node so. */
function commonJsFolder(): Plugin {
  return {
    name: 'fcr-commonjs-folder',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
    },
  };
}

/**
 * What our language level (ES2023, `using`) promises and Electron 25, the stand-in for development and tests, lacks:
 * its Node is 18, its Chromium 114. On the Electron that is shipped this does nothing. It stands first in every bundle,
 * before any module that needs it.
 */
const olderEngine = `
for (const name of ['dispose', 'asyncDispose']) {
  if (!Symbol[name]) Object.defineProperty(Symbol, name, { value: Symbol('Symbol.' + name) });
}
for (const [name, on] of Object.entries({
  toSorted: (copy, order) => copy.sort(order),
  toReversed: (copy) => copy.reverse(),
  toSpliced: (copy, ...change) => (copy.splice(...change), copy),
  with: (copy, index, value) => ((copy[index < 0 ? copy.length + index : index] = value), copy),
})) {
  if (!Array.prototype[name]) {
    const value = function (...given) { return on([...this], ...given); };
    Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
  }
}
`;

/**
 * Everything is bundled, so that the bundle also runs on an older Electron's Node. Left outside: Electron itself,
 * the native module, and two optional accelerators that ws asks for and we do not ship.
 */
const external = ['better-sqlite3', 'bufferutil', 'utf-8-validate'];
const target = 'node18';

export default defineConfig({
  main: {
    plugins: [commonJsFolder()],
    build: {
      target,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        external,
        input: {
          index: 'src/main/index.ts',
          workstation: 'src/main/workstation/process.ts',
          training: 'src/training/process.ts',
          'checkpoint-thread': 'src/main/cache/checkpoint-thread.ts',
        },
        output: {
          format: 'cjs',
          strict: true,
          intro: olderEngine,
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    plugins: [commonJsFolder()],
    build: {
      target,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload is one file: it may require nothing but Electron.
        output: {
          format: 'cjs',
          strict: true,
          intro: olderEngine,
          entryFileNames: '[name].js',
          codeSplitting: false,
        },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
    build: {
      target: 'chrome114',
      minify: true,
      // A file inlined as a data: URL would be refused by the page's own policy.
      assetsInlineLimit: 0,
      outDir: 'out/renderer',
      sourcemap: true,
      rolldownOptions: {
        input: 'src/renderer/index.html',
        output: {
          intro: olderEngine,
          // One file for the first painting: each further one is a question to the program's own process.
          codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
        },
      },
    },
  },
});
