import type { ComponentChildren } from "preact";

/** A state in a word. The tone only supports what the word says. */
export function Badge({
  tone = "plain",
  children,
}: {
  readonly tone?: "plain" | "good" | "warn" | "bad" | "accent";
  readonly children: ComponentChildren;
}) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
