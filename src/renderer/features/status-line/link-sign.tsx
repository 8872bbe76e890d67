import styles from './status-line.module.css';

/** How the link stands, as a shape: whole, in doubt, on its way, gone, refused. */
export type LinkSignName = 'disc' | 'half' | 'turning' | 'ring' | 'cross';

const circle = 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z';
const paths: Readonly<Record<LinkSignName, { readonly line: string; readonly fill?: string }>> = {
  disc: { line: circle, fill: circle },
  half: { line: circle, fill: 'M8 2.5a5.5 5.5 0 0 0 0 11z' },
  turning: { line: 'M13.5 8a5.5 5.5 0 1 1-1.8-4.1', fill: 'M9.2 4.6 13.4 5.6 13 1.2z' },
  ring: { line: circle },
  cross: { line: 'M3.5 3.5l9 9M12.5 3.5l-9 9' },
};

/** Drawn, not a character: the page's own letters have none of these, and a search of the system's would hold up the window. */
export function LinkSign({ name }: { readonly name: LinkSignName }) {
  const { line, fill } = paths[name];
  return (
    <svg className={styles.sign} data-sign={name} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={line} fill="none" stroke="currentColor" strokeWidth="1.8" />
      {fill !== undefined && <path d={fill} fill="currentColor" />}
    </svg>
  );
}
