import { Figure } from "../../parts/figure.tsx";
import { count, money, percent, range } from "../../parts/format.ts";
import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/customers.ts";
import type { Customer } from "./answers.ts";

/** What a customer brought and is expected to bring, with its range. */
export function Worth({ value, affinities }: Pick<Customer, "value" | "affinities">) {
  const write = (minor: number): string => money({ minor, currency: value?.currency ?? "EUR" });
  return (
    <Panel title={WORDS.worth}>
      {value ? (
        <dl class="figures">
          <Figure
            label={WORDS.clv}
            hint={WORDS.clvHint}
            value={value.clvMinor === null ? "–" : write(value.clvMinor)}
            range={
              value.clvRange
                ? range(write(value.clvRange.lowMinor), write(value.clvRange.highMinor))
                : undefined
            }
          />
          <Figure label={WORDS.revenue} value={write(value.revenueMinor)} />
          <Figure
            label={WORDS.expectedOrders}
            value={value.expectedOrders === null ? "–" : count(value.expectedOrders)}
          />
          <Figure label={WORDS.churn} value={value.churn === null ? "–" : percent(value.churn, 0)} />
        </dl>
      ) : (
        <p class="soft">{WORDS.noWorth}</p>
      )}
      {affinities?.sentence && <p>{affinities.sentence}</p>}
    </Panel>
  );
}
