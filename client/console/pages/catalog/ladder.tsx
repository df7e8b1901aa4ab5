import type { ItemLabel } from "../../../../src/core/insight/catalog/item-figures.ts";
import { Bar } from "../../parts/bar.tsx";
import { Empty } from "../../parts/empty.tsx";
import { change, money } from "../../parts/format.ts";
import { WORDS } from "../../words/catalog.ts";
import type { ItemAnswer } from "./answers.ts";
import { obstacleText } from "./lists.tsx";
import { ItemLink } from "./told.tsx";

const { item: words } = WORDS;
/** Rungs that are shown: the strongest, put in the order of their prices. */
const RUNGS_MAX = 6;

/** What is better for the same need, a step of price above the other. */
export function Ladder({ answer: { item, lists } }: { readonly answer: ItemAnswer }) {
  const better = lists.find(({ list }) => list === "better")?.items ?? [];
  if (better.length === 0 || !item.price)
    return <Empty title={words.ladderNone}>{words.ladderNoneCure}</Empty>;
  const base = item.price.minor;
  const priceOf = ({ price }: ItemLabel): number => price?.minor ?? 0;
  const rungs = better.slice(0, RUNGS_MAX).toSorted((a, b) => priceOf(b) - priceOf(a));
  return (
    <ol class="catalog-ladder">
      {rungs.map((one) => (
        <li key={one.id}>
          <div class="catalog-rung">
            <ItemLink item={one} />
            <span class="number">
              {one.price && money(one.price)} <span class="soft">{change(priceOf(one) / base - 1, 0)}</span>
            </span>
          </div>
          <Bar share={one.strength} label="" />
          <p class="hint">
            {one.why.text}
            {one.obstacle !== undefined && ` (${obstacleText(one.obstacle)})`}
          </p>
        </li>
      ))}
      <li class="catalog-here">
        <div class="catalog-rung">
          <strong>{words.ladderHere}</strong>
          <span class="number">{money(item.price)}</span>
        </div>
      </li>
    </ol>
  );
}
