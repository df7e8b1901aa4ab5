import { Chart } from "../../parts/chart.tsx";
import { count, money } from "../../parts/format.ts";
import { Tabs } from "../../parts/tabs.tsx";
import { WORDS } from "../../words/overview.ts";
import type { Pulse } from "./answers.ts";

/** A month day by day: decisions, orders, revenue. */
export function Days({ days }: Pick<Pulse, "days">) {
  const x = days.map(({ day }) => Date.parse(day));
  const currencies = [...new Set(days.flatMap(({ revenue }) => Object.keys(revenue)))].sort();
  const shared = { x, xLabel: WORDS.day } as const;
  return (
    <Tabs
      label={WORDS.perDay}
      tabs={[
        {
          id: "decisions",
          label: WORDS.decisionsPerDay,
          content: () => (
            <Chart
              {...shared}
              title={WORDS.decisionsPerDay}
              kind="line"
              format={(value) => count(value)}
              series={[
                { label: WORDS.measured, values: days.map(({ decisions }) => decisions.measured) },
                { label: WORDS.unmeasured, values: days.map(({ decisions }) => decisions.unmeasured) },
              ]}
            />
          ),
        },
        {
          id: "orders",
          label: WORDS.ordersPerDay,
          content: () => (
            <Chart
              {...shared}
              title={WORDS.ordersPerDay}
              kind="bars"
              format={(value) => count(value)}
              series={[{ label: WORDS.ordersPerDay, values: days.map(({ orders }) => orders) }]}
            />
          ),
        },
        ...currencies.map((currency) => ({
          id: currency,
          label: `${WORDS.revenuePerDay}, ${currency}`,
          content: () => (
            <Chart
              {...shared}
              title={`${WORDS.revenuePerDay}, ${currency}`}
              kind="bars"
              format={(minor) => money({ minor, currency })}
              series={[
                { label: WORDS.revenuePerDay, values: days.map(({ revenue }) => revenue[currency] ?? 0) },
              ]}
            />
          ),
        })),
      ]}
    />
  );
}
