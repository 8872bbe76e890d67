import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/**
 * One project per level of test. Unit tests stand beside the code; `tests/` holds what crosses a boundary.
 * Browser journeys are Playwright's (playwright.config.ts).
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'tests/bench/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['src/renderer/**/*.test.tsx'],
          // Whole shifts are typed key by key, and a busy machine may take its time; nothing here measures any.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['tests/architecture/**/*.test.ts'],
          // Every file is read.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contract',
          environment: 'node',
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['tests/integration/**/*.test.ts'],
          // Real PostgreSQL, sockets and processes: few at a time, after the quick projects, with room to start.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Facts are waited for, as long as a busy machine may take.
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
