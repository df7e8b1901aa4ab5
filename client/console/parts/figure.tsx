import type { ComponentChildren } from "preact";
import { Hint } from "./hint.tsx";

type Props = {
  readonly label: string;
  readonly value: ComponentChildren;
  /** Where the truth may lie: "€310 to €2,180". */
  readonly range?: string | undefined;
  /** Against before, with its sign, and whether that is welcome. */
  readonly change?: { readonly text: string; readonly isGood?: boolean } | undefined;
  /** What the figure means, in a sentence. */
  readonly hint?: string | undefined;
};

/** One figure that matters. Several stand in a `<dl class="figures">`. */
export function Figure({ label, value, range, change, hint }: Props) {
  const tone = change?.isGood === undefined ? "" : change.isGood ? " good" : " bad";
  return (
    <div class="figure">
      <dt>
        {label}
        {hint !== undefined && <Hint label={label}>{hint}</Hint>}
      </dt>
      <dd>
        <span class="figure-value">{value}</span>
        {range !== undefined && <span class="figure-range">{range}</span>}
        {change && <span class={`figure-change${tone}`}>{change.text}</span>}
      </dd>
    </div>
  );
}
