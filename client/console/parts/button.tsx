import type { ComponentChildren, JSX } from "preact";

type Props = Omit<JSX.IntrinsicElements["button"], "type" | "disabled"> & {
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  readonly type?: "button" | "submit";
  /** Under way: it cannot be pressed again, and says so. */
  readonly isBusy?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly children: ComponentChildren;
};

/** Something to press. */
export function Button({ kind = "plain", type = "button", isBusy, disabled, class: more, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      class={`button ${kind}${more ? ` ${String(more)}` : ""}`}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
    />
  );
}
