export interface TextLineProps {
  /** Said in the empty field, and to a screen reader. */
  readonly label: string;
  readonly value: string;
  readonly describedBy?: string;
  readonly isFirst?: boolean;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** A field of one line: Enter goes on. Nothing is cut while it is typed; what is too long is said. */
export function TextLine({ label, value, describedBy, isFirst = false, onChange, onEnter }: TextLineProps) {
  return (
    <input
      type="text"
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={label}
      data-first={isFirst || undefined}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.repeat) return;
        event.preventDefault();
        onEnter();
      }}
    />
  );
}
