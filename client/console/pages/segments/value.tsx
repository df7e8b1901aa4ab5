import type { Equity } from "../../../../src/core/insight/equity.ts";
import type { Movement, MovementRow } from "../../../../src/core/insight/movement.ts";
import { useRead } from "../../api/use-read.ts";
import { Chart } from "../../parts/chart.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Figure } from "../../parts/figure.tsx";
import { count, money, percent, range } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { isTold } from "../../parts/withheld.ts";
import { WORDS } from "../../words/segments.ts";
import { Calibration } from "./calibration.tsx";
import { Cohorts } from "./cohorts.tsx";
import { Rfm } from "./rfm.tsx";

type Answer = Equity & { readonly movement: readonly Movement[] };

/** What the customers are worth, how that moves, and whether the model is to be believed. */
export function Value() {
  const read = useRead<Answer>("/v1/equity");
  return (
    <div class="panels">
      <Panel title={WORDS.equity} hint={WORDS.equityHint}>
        <Loaded read={read}>{(equity) => <Now equity={equity} />}</Loaded>
      </Panel>
      <Panel title={WORDS.waterfall} hint={WORDS.waterfallHint}>
        <Loaded read={read} lines={5}>
          {({ movement }) => <Waterfall movement={movement} />}
        </Loaded>
      </Panel>
      <Rfm />
      <Calibration />
      <Cohorts />
    </div>
  );
}

function Now({ equity: { currencies } }: { readonly equity: Equity }) {
  const told = currencies.flatMap((one) => ("total" in one ? [one] : []));
  if (told.length === 0) return <Empty title={WORDS.noModel}>{WORDS.noModelCure}</Empty>;
  return (
    <>
      {told.map(({ currency, total, concentration, potential, causedByPersonalization }) => (
        <div class="stack" key={currency}>
          <dl class="figures">
            <Figure
              label={WORDS.equityNow}
              value={total.clv ? money(total.clv) : "–"}
              range={
                total.interval ? range(money(total.interval.low), money(total.interval.high)) : undefined
              }
            />
            <Figure label={WORDS.customers} value={count(total.customers)} />
          </dl>
          {concentration.map((one) =>
            "valueShare" in one && one.valueShare !== null ? (
              <p key={one.bestShare}>
                {WORDS.concentration(percent(one.bestShare, 0), percent(one.valueShare, 0))}
              </p>
            ) : null,
          )}
          {isTold(potential) && <p class="hint">{potential.sentence}</p>}
          <p class="hint">{causedByPersonalization.sentence}</p>
        </div>
      ))}
    </>
  );
}

const STEPS = ["acquired", "grown", "returned", "shrunk", "left", "revalued", "faded"] as const;

function Waterfall({ movement }: { readonly movement: readonly Movement[] }) {
  const own = movement.find(({ total }) => total && isTold(total));
  const total = own?.total as MovementRow | undefined;
  if (!own || !total || own.days.length < 2)
    return <Empty title={WORDS.noWaterfall}>{WORDS.noWaterfallCure}</Empty>;
  const { currency } = own;
  let level = total.opening.minor;
  const bars = STEPS.flatMap((name) => {
    const part = total[name];
    if (!isTold(part) || part.minor === 0) return [];
    const from = level;
    level += part.minor;
    return [{ name, value: part.minor, low: Math.min(from, level), high: Math.max(from, level) }];
  });
  const ends = (name: "opening" | "closing") => ({
    name,
    value: total[name].minor,
    low: 0,
    high: total[name].minor,
  });
  const all = [ends("opening"), ...bars, ends("closing")];
  return (
    <Chart
      title={WORDS.waterfall}
      kind="floating"
      x={all.map(({ name }) => WORDS.parts[name])}
      xLabel={WORDS.waterfall}
      format={(minor) => money({ minor, currency })}
      series={[
        {
          label: WORDS.equity,
          values: all.map(({ value }) => value),
          low: all.map(({ low }) => low),
          high: all.map(({ high }) => high),
        },
      ]}
    />
  );
}
