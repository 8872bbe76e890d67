/** A promise, and the hands that settle it. */
export interface Promised {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function promised(): Promised {
  const hands: { resolve: () => void; reject: (error: unknown) => void } = {
    resolve: () => undefined,
    reject: () => undefined,
  };
  const promise = new Promise<void>((resolve, reject) => {
    hands.resolve = resolve;
    hands.reject = reject;
  });
  return { promise, ...hands };
}
