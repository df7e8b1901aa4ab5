import type { RecipeWord } from "../../../../src/core/decide/explain.ts";
import { Badge } from "../../parts/badge.tsx";
import { count, percent } from "../../parts/format.ts";
import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/catalog.ts";
import type { WhyAnswer } from "./answers.ts";
import { obstacleText } from "./lists.tsx";
import { ItemLink } from "./told.tsx";

const { why: words } = WORDS;

/** Scores span many powers of ten. @example figure(0.000123) // "1.23e-4" */
const figure = (value: number | undefined): string =>
  value === undefined
    ? "–"
    : value !== 0 && Math.abs(value) < 0.001
      ? value.toExponential(1)
      : count(value, 3);

/** What one recipe says: where it puts the item, and what that is made of. */
function Recipe({ word }: { readonly word: RecipeWord }) {
  const { strategy, rank, proposed, own, byRules, byTaste, byShop, score, confidence, why } = word;
  const factors = [
    [words.product.own, own],
    [words.product.rules, byRules],
    [words.product.taste, byTaste],
    [words.product.shop, byShop],
  ] as const;
  return (
    <li>
      <h3>{WORDS.strategies[strategy as keyof typeof WORDS.strategies] ?? strategy}</h3>
      {rank === undefined ? (
        <p class="soft">{words.notAmong(count(proposed))}</p>
      ) : (
        <>
          <p>
            {words.rank(count(rank), count(proposed))}
            {confidence !== undefined && `, ${words.sure(percent(confidence, 0))}`}
          </p>
          {why && <p class="hint">{why.text}</p>}
          <dl class="catalog-product">
            {factors.map(([label, value], place) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {place > 0 && <span class="soft">× </span>}
                  {figure(value)}
                </dd>
              </div>
            ))}
            <div>
              <dt>{words.product.score}</dt>
              <dd>
                <span class="soft">= </span>
                <strong>{figure(score)}</strong>
              </dd>
            </div>
          </dl>
        </>
      )}
    </li>
  );
}

/** What became of an item in a slot, and the word of each step. */
export function Verdict({ answer }: { readonly answer: WhyAnswer }) {
  const { item, outcome, place, obstacle, max, recipes, rules, picks } = answer;
  return (
    <>
      <Panel title={item.title}>
        <p class="catalog-outcome">
          <Badge tone={outcome === "shown" ? "good" : "warn"}>{words.outcomes[outcome]}</Badge>{" "}
          {place !== undefined && words.place(count(place), count(max))}
          {obstacle !== undefined && words.because(obstacleText(obstacle))}
        </p>
        <p class="hint">{words.cures[outcome]}</p>
        <h3>{words.rules}</h3>
        {rules.length === 0 ? (
          <p class="soft">{words.rulesNone}</p>
        ) : (
          <ul class="catalog-rules">
            {rules.map(({ rule, does, isDecisive }) => (
              <li key={`${rule} ${does}`}>
                {words.does[does as keyof typeof words.does]} <code>{rule}</code>{" "}
                {isDecisive && <Badge tone="accent">{words.decisive}</Badge>}
              </li>
            ))}
          </ul>
        )}
        <h3>{words.shown}</h3>
        {picks.length === 0 ? (
          <p class="soft">{words.shownNone}</p>
        ) : (
          <ol class="catalog-picks">
            {picks.map((pick) => (
              <li key={pick.id} class={pick.id === item.id ? "is-asked" : undefined}>
                <ItemLink item={pick} /> <span class="hint">{pick.why.text}</span>
              </li>
            ))}
          </ol>
        )}
      </Panel>
      <Panel title={words.recipes}>
        <ul class="catalog-recipes">
          {recipes.map((word) => (
            <Recipe key={word.strategy} word={word} />
          ))}
        </ul>
      </Panel>
    </>
  );
}
