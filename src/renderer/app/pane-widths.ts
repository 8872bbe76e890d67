/** Shares of the window's width, from left to right. Per cent; together 100. */
export type Shares = readonly number[];

/** One step of an arrow key. Per cent of the width. */
export const STEP = 2;

/** How far the separator behind pane `at` can go: what stands left of it, least and most. Per cent of the width. */
export function reach(
  shares: Shares,
  mins: Shares,
  at: number,
): { readonly min: number; readonly max: number } {
  const before = sum(shares.slice(0, at));
  const both = share(shares, at) + share(shares, at + 1);
  return { min: before + share(mins, at), max: before + both - share(mins, at + 1) };
}

/**
 * The separator behind pane `at`, moved to the right by so many per cent (to the left if negative): one neighbour gives
 * what the other takes, and neither becomes smaller than it may.
 */
export function moved(shares: Shares, mins: Shares, at: number, by: number): Shares {
  const both = share(shares, at) + share(shares, at + 1);
  const least = share(mins, at);
  const most = Math.max(least, both - share(mins, at + 1));
  const left = Math.min(most, Math.max(least, share(shares, at) + by));
  return shares.map((each, index) => rounded(index === at ? left : index === at + 1 ? both - left : each));
}

/** The widths as a grid of panes with a separator between two. */
export function columnsOf(shares: Shares): string {
  return shares.map((each) => `minmax(0, ${each}fr)`).join(' auto ');
}

const share = (shares: Shares, at: number): number => shares[at] ?? 0;
const sum = (shares: Shares): number => shares.reduce((total, each) => total + each, 0);
const rounded = (percent: number): number => Math.round(percent * 10) / 10;
