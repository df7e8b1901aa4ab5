import type { ComponentChildren } from "preact";
import { WORDS } from "../words/parts.ts";

type Props = {
  /** What would stand here. */
  readonly title: string;
  /** How to get it. */
  readonly children: ComponentChildren;
  /** Page of the guide, below /docs/. */
  readonly guide?: string;
};

/** Nothing here yet, and how that changes. */
export function Empty({ title, children, guide }: Props) {
  return (
    <div class="empty">
      <h3>{title}</h3>
      <p>{children}</p>
      {guide !== undefined && (
        <p>
          <a href={guide}>{WORDS.learnMore}</a>
        </p>
      )}
    </div>
  );
}
