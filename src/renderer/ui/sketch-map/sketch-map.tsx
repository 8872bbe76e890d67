import styles from './sketch-map.module.css';

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One thing to draw, in pixels from the upper left corner; later ones lie above. */
export type SketchMapShape =
  | {
      readonly kind: 'line';
      readonly look: 'force-border' | 'district-border' | 'motorway' | 'road';
      readonly points: readonly Spot[];
    }
  | { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number }
  | {
      readonly kind: 'mark';
      readonly look: 'place' | 'other' | 'town' | 'landmark' | 'junction';
      readonly x: number;
      readonly y: number;
    }
  | {
      readonly kind: 'label';
      readonly text: string;
      readonly look:
        'place' | 'other' | 'town' | 'motorway' | 'road' | 'landmark' | 'junction' | 'district' | 'force';
      readonly anchor: 'start' | 'middle' | 'end';
      /** Where the text is held, and its base line. */
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly box: {
        readonly left: number;
        readonly top: number;
        readonly right: number;
        readonly bottom: number;
      };
    }
  | {
      readonly kind: 'scale';
      readonly x: number;
      readonly y: number;
      readonly length: number;
      readonly text: string;
    };

export interface SketchMapProps {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly SketchMapShape[];
  /** What the drawing shows, in a sentence: its name for those who do not see it. */
  readonly sentence: string;
  /** What the data is and is not, shown under the drawing. */
  readonly note: string;
}

/** A map drawn from lines and names, without a network (rules PL-50 to PL-53). */
export function SketchMap({ width, height, shapes, sentence, note }: SketchMapProps) {
  return (
    <figure className={styles.figure} style={{ inlineSize: width }}>
      <svg
        className={styles.map}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={sentence}
        focusable="false"
      >
        {shapes.map((shape, at) => (
          // The drawing is replaced whole; its parts have no life of their own.
          <Shape key={at} shape={shape} />
        ))}
      </svg>
      <figcaption className={styles.note}>{note}</figcaption>
    </figure>
  );
}

function Shape({ shape }: { readonly shape: SketchMapShape }) {
  switch (shape.kind) {
    case 'line':
      return <Line shape={shape} />;
    case 'circle':
      return <circle className={styles.circle} cx={shape.x} cy={shape.y} r={shape.radius} />;
    case 'mark':
      return <Mark shape={shape} />;
    case 'label':
      return <Label shape={shape} />;
    case 'scale':
      return (
        <g className={styles.scale}>
          <path d={`M${shape.x} ${shape.y - 5}v5h${shape.length}v-5`} />
          <text x={shape.x + 4} y={shape.y - 7}>
            {shape.text}
          </text>
        </g>
      );
  }
}

type Of<Kind extends SketchMapShape['kind']> = { readonly shape: Extract<SketchMapShape, { kind: Kind }> };

function Line({ shape: { look, points } }: Of<'line'>) {
  const along = points.map(({ x, y }) => `${x},${y}`).join(' ');
  // A motorway is a dark line with a light one in it: told from a road without colour.
  return look === 'motorway' ? (
    <g>
      <polyline className={styles.line} data-look="motorway" points={along} />
      <polyline className={styles.line} data-look="motorway-middle" points={along} />
    </g>
  ) : (
    <polyline className={styles.line} data-look={look} points={along} />
  );
}

function Mark({ shape: { look, x, y } }: Of<'mark'>) {
  switch (look) {
    case 'place':
      return (
        <g className={styles.mark} data-look="place">
          <circle cx={x} cy={y} r={8} />
          <circle data-part="middle" cx={x} cy={y} r={3} />
        </g>
      );
    case 'other':
      return <path className={styles.mark} data-look="other" d={`M${x} ${y - 7}l7 7l-7 7l-7 -7z`} />;
    case 'town':
      return <rect className={styles.mark} data-look="town" x={x - 3.5} y={y - 3.5} width={7} height={7} />;
    case 'landmark':
      return <circle className={styles.mark} data-look="landmark" cx={x} cy={y} r={2.5} />;
    case 'junction':
      return <circle className={styles.mark} data-look="junction" cx={x} cy={y} r={4} />;
  }
}

function Label({ shape: { text, look, anchor, x, y, size, box } }: Of<'label'>) {
  const isPlate = look === 'motorway' || look === 'road' || look === 'place';
  return (
    <g className={styles.label} data-look={look}>
      {isPlate && (
        <rect x={box.left} y={box.top} width={box.right - box.left} height={box.bottom - box.top} rx={3} />
      )}
      <text
        x={isPlate ? (box.left + box.right) / 2 : x}
        y={y}
        fontSize={size}
        textAnchor={isPlate ? 'middle' : anchor}
      >
        {text}
      </text>
    </g>
  );
}
