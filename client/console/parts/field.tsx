import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

type Around = {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong with it, and the cure. */
  readonly error?: string | undefined;
};
type Value = { readonly value: string; readonly onValue: (value: string) => void };

function Framed({
  id,
  label,
  hint,
  error,
  children,
}: Around & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
const told = (id: string, { hint, error }: Around) => ({
  id,
  "aria-describedby":
    [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(" ") ||
    undefined,
  "aria-invalid": error === undefined ? undefined : true,
});

type TextProps = Around &
  Value & {
    readonly type?: "text" | "search" | "password" | "number" | "date" | "url";
    readonly name?: string;
    readonly autocomplete?: "off" | "current-password";
    readonly placeholder?: string;
    readonly min?: number | string;
    readonly max?: number | string;
    readonly step?: number | string;
    readonly maxLength?: number;
    readonly required?: boolean;
  };

/** One line of text, a number or a date. */
export function TextField({ label, hint, error, value, onValue, ...rest }: TextProps) {
  const id = useId();
  return (
    <Framed {...{ id, label, hint, error }}>
      <input
        {...(rest as JSX.IntrinsicElements["input"])}
        {...told(id, { label, hint, error })}
        class="input"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Framed>
  );
}

type AreaProps = Around &
  Value & { readonly rows?: number; readonly maxLength?: number; readonly spellcheck?: boolean };

/** Several lines of text. */
export function TextArea({ label, hint, error, value, onValue, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Framed {...{ id, label, hint, error }}>
      <textarea
        {...rest}
        {...told(id, { label, hint, error })}
        class="input"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Framed>
  );
}

type SelectProps = Around &
  Value & { readonly options: readonly { readonly value: string; readonly label: string }[] };

/** One of a few. The browser's own list: it is the one that fits each device. */
export function SelectField({ label, hint, error, value, onValue, options }: SelectProps) {
  const id = useId();
  return (
    <Framed {...{ id, label, hint, error }}>
      <select
        {...told(id, { label, hint, error })}
        class="input"
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Framed>
  );
}

/** Yes or no. */
export function Toggle({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
}) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />{" "}
      {label}
    </label>
  );
}
