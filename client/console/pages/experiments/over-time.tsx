import { useState } from "preact/hooks";
import { Chart } from "../../parts/chart.tsx";
import { Empty } from "../../parts/empty.tsx";
import { SelectField } from "../../parts/field.tsx";
import { useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/experiments.ts";
import type { Report } from "./answers.ts";
import { figureOf, metricName } from "./figures.ts";

/** The confidence sequence: the difference and its range at each look. */
export function OverTime({ report }: { readonly report: Report }) {
  const { currency } = useSession();
  const told = report.goals.filter(({ metric }) =>
    report.looks.some(({ comparisons }) =>
      comparisons.some((one) => one.metric === metric && one.difference !== null),
    ),
  );
  const [chosen, setChosen] = useState<string>();
  const goal = told.find(({ metric }) => metric === chosen) ?? told[0];
  if (!goal) return <Empty title={WORDS.noOverTime}>{WORDS.noOverTimeCure}</Empty>;
  const at = (look: Report["looks"][number], variation: string) =>
    look.comparisons.find((one) => one.metric === goal.metric && one.variation === variation);
  const variations = goal.comparisons.map(({ variation }) => variation);
  return (
    <>
      <SelectField
        label={WORDS.metric}
        value={goal.metric}
        onValue={setChosen}
        options={told.map(({ metric }) => ({ value: metric, label: metricName(metric) }))}
      />
      <Chart
        title={`${WORDS.overTime}, ${metricName(goal.metric)}`}
        x={report.looks.map((look) => look.at)}
        xLabel={WORDS.since}
        format={figureOf(goal.unit, currency)}
        mark={0}
        series={variations.map((variation) => ({
          label: variation,
          values: report.looks.map((look) => at(look, variation)?.difference ?? null),
          low: report.looks.map((look) => at(look, variation)?.low ?? null),
          high: report.looks.map((look) => at(look, variation)?.high ?? null),
        }))}
      />
    </>
  );
}
