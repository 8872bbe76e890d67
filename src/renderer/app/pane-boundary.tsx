import { Component, type ReactNode } from 'react';
import styles from './pane-boundary.module.css';
import { useSpot } from './use-spot.ts';
import { useWorkplace } from './workplace-context.ts';
import type { Spot } from './workplace.ts';

interface PaneBoundaryProps {
  /** As the sentence names it: "The inbox". */
  readonly name: string;
  /** What keys move the focus to when they mean this pane. */
  readonly spot?: Spot;
  readonly children: ReactNode;
}

/**
 * What goes wrong while one pane is painted stays in that pane: the emergency strip, the note and the keys go on. What
 * was being shown may be a person's words, so nothing of it is logged.
 */
export function PaneBoundary({ name, spot, children }: PaneBoundaryProps) {
  const workplace = useWorkplace();
  const told = () => workplace.say(`${name} could not be shown. Everything else works.`, 'warning');
  return (
    <Catch name={name} {...(spot === undefined ? {} : { spot })} told={told}>
      {children}
    </Catch>
  );
}

interface CatchProps extends PaneBoundaryProps {
  readonly told: () => void;
}

class Catch extends Component<CatchProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(): void {
    this.props.told();
  }

  override render(): ReactNode {
    const { name, spot, children } = this.props;
    if (!this.state.broken) return children;
    const again = () => this.setState({ broken: false });
    return spot === undefined ? (
      <Instead name={name} again={again} />
    ) : (
      <InsteadAt name={name} again={again} spot={spot} />
    );
  }
}

interface InsteadProps {
  readonly name: string;
  readonly again: () => void;
  readonly buttonRef?: (element: HTMLElement | null) => void;
}

function InsteadAt({ spot, ...rest }: InsteadProps & { readonly spot: Spot }) {
  return <Instead {...rest} buttonRef={useSpot(spot)} />;
}

function Instead({ name, again, buttonRef }: InsteadProps) {
  return (
    <section className={styles.instead} data-pane aria-label={`${name}, not shown`}>
      <p>
        {name} could not be shown. Everything else works, and what you have typed is kept. Tell IT support if
        it happens again.
      </p>
      <button type="button" ref={buttonRef} onClick={again}>
        Show again
      </button>
    </section>
  );
}
