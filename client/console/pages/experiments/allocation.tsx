import { Chart } from "../../parts/chart.tsx";
import { percent } from "../../parts/format.ts";
import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/experiments.ts";
import type { Report } from "./answers.ts";

type Turns = NonNullable<NonNullable<Report["bandit"]>["turns"]>;

/** How a bandit moved its shares. */
export function Allocation({ turns }: { readonly turns: Turns }) {
  const variations = [...new Set(turns.flatMap(({ shares }) => Object.keys(shares)))];
  return (
    <Panel title={WORDS.allocation} hint={WORDS.allocationHint} isWide>
      <Chart
        title={WORDS.allocation}
        x={turns.map(({ at }) => at)}
        xLabel={WORDS.since}
        format={(share) => percent(share, 0)}
        series={variations.map((variation) => ({
          label: variation,
          values: turns.map(({ shares }) => shares[variation] ?? null),
        }))}
      />
    </Panel>
  );
}
