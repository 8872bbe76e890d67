import styles from './shape.module.css';

/** The four shapes of priority. Each has its own outline, so that it is told in monochrome too (rule W-08). */
export type ShapeName = 'square' | 'triangle' | 'diamond' | 'dot';

const paths: Readonly<Record<Exclude<ShapeName, 'square'>, string>> = {
  triangle: 'M10 1.2 19.4 18.6H0.6z',
  diamond: 'M10 0.6 19.4 10 10 19.4 0.6 10z',
  dot: 'M10 3.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6z',
};

/** A shape with its letter. Drawn as a picture; the word for it belongs to the row's own label. */
export function Shape({ name, letter }: { readonly name: ShapeName; readonly letter: string }) {
  // The square of an emergency needs no drawing: a box is the quickest thing to paint.
  if (name === 'square')
    return (
      <span className={styles.square} aria-hidden="true">
        {letter}
      </span>
    );
  return (
    <svg className={styles.shape} data-shape={name} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
      <text x="10" y={name === 'triangle' ? 16.4 : 14.1} textAnchor="middle">
        {letter}
      </text>
    </svg>
  );
}
