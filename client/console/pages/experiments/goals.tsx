import { Badge } from "../../parts/badge.tsx";
import { change, range } from "../../parts/format.ts";
import { Table } from "../../parts/table.tsx";
import { useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/experiments.ts";
import type { Comparison, Report } from "./answers.ts";
import { figureOf, metricName } from "./figures.ts";

type Row = { readonly goal: Report["goals"][number]; readonly compared: Comparison };
const TONES = { better: "good", worse: "bad", unclear: "plain" } as const;

/** Each measure of each variation against the control: the difference with its range, never a bare p-value. */
export function Goals({ report }: { readonly report: Report }) {
  const { currency } = useSession();
  const rows = report.goals.flatMap((goal) => goal.comparisons.map((compared): Row => ({ goal, compared })));
  return (
    <Table
      label={WORDS.goals}
      rows={rows}
      rowKey={({ goal, compared }) => `${goal.metric} ${compared.variation}`}
      columns={[
        {
          key: "metric",
          label: WORDS.metric,
          cell: ({ goal }) => (
            <>
              {metricName(goal.metric)} {goal.guardrail && <Badge>{WORDS.guardrail}</Badge>}
            </>
          ),
        },
        { key: "variation", label: WORDS.variation, cell: ({ compared }) => compared.variation },
        {
          key: "difference",
          label: WORDS.difference,
          isNumber: true,
          cell: ({ goal, compared: { difference, low, high, shortage } }) => {
            const write = figureOf(goal.unit, currency);
            if (difference === null || low === null || high === null)
              return <span class="soft">{shortage ?? "–"}</span>;
            return (
              <>
                {write(difference)} <span class="soft">({range(write(low), write(high))})</span>
              </>
            );
          },
        },
        {
          key: "relative",
          label: WORDS.relative,
          isNumber: true,
          cell: ({ compared: { relative } }) => {
            if (!relative || relative.low === null || relative.high === null) return "–";
            return (
              <>
                {change(relative.estimate)}{" "}
                <span class="soft">({range(change(relative.low), change(relative.high))})</span>
              </>
            );
          },
        },
        {
          key: "finding",
          label: WORDS.finding,
          cell: ({ compared }) => (
            <Badge tone={TONES[compared.finding]}>{WORDS.findings[compared.finding]}</Badge>
          ),
        },
      ]}
    />
  );
}
