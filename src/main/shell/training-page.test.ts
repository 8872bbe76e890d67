import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trainingPage } from './training-page.ts';

const live = readFileSync(join(import.meta.dirname, '../../renderer/index.html'), 'utf8');

describe('the page of the window in training', () => {
  it('TS-10: says so in its title, at its top and at its foot, and is marked for its style sheet', () => {
    const page = trainingPage(live);
    expect(page.match(/TRAINING – no real calls/g)).toHaveLength(2);
    expect([
      page.includes('<title>TRAINING – FCR Desk</title>'),
      page.includes('data-realm="training"'),
    ]).toEqual([true, true]);
    expect(page.indexOf('training.css')).toBeLessThan(page.indexOf('</head>'));
  });

  it('TS-10: of all this the live page has nothing', () => {
    expect(live.toLowerCase()).not.toContain('training');
  });

  it('TS-10: a page that it does not know is not shown unmarked', () => {
    expect(() => trainingPage('<html><body></body></html>')).toThrow('bug: the page has 0');
  });
});
