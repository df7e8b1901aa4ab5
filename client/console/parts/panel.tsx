import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type Props = {
  readonly title: string;
  /** One sentence on what is to be seen. */
  readonly hint?: ComponentChildren;
  /** Buttons beside the title. */
  readonly actions?: ComponentChildren;
  /** Takes the whole width of a grid of panels. */
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
};

/** A part of a page with a title of its own. Each loads, fails and scrolls for itself. */
export function Panel({ title, hint, actions, isWide, children }: Props) {
  const id = useId();
  return (
    <section class={isWide ? "panel is-wide" : "panel"} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div class="panel-actions">{actions}</div>}
      </div>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}

/** A page's title, what it is for, and what can be done from here. */
export function PageHead({
  title,
  lead,
  actions,
}: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
}) {
  return (
    <div class="page-head">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p class="soft">{lead}</p>}
      </div>
      {actions !== undefined && <div class="panel-actions">{actions}</div>}
    </div>
  );
}
