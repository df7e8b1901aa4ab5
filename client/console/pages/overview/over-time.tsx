import { useRead } from "../../api/use-read.ts";
import { Chart } from "../../parts/chart.tsx";
import { Empty } from "../../parts/empty.tsx";
import { money } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/overview.ts";
import type { Impact } from "./answers.ts";

/** The incremental revenue as it was known at each moment, with its range. */
export function OverTime() {
  const impact = useRead<Impact>("/v1/impact");
  return (
    <Panel title={WORDS.overTime} hint={WORDS.overTimeHint}>
      <Loaded read={impact} lines={5}>
        {({ total, currency }) => {
          const told = total?.overTime.filter(({ estimate }) => estimate !== null) ?? [];
          return told.length > 0 && currency ? (
            <Chart
              title={WORDS.overTime}
              x={told.map(({ at }) => at)}
              xLabel={WORDS.day}
              format={(minor) => money({ minor, currency })}
              mark={0}
              series={[
                {
                  label: WORDS.incremental,
                  values: told.map(({ estimate }) => estimate),
                  low: told.map(({ low }) => low),
                  high: told.map(({ high }) => high),
                },
              ]}
            />
          ) : (
            <Empty title={WORDS.noOverTime}>{total?.sentence ?? WORDS.noOverTimeCure}</Empty>
          );
        }}
      </Loaded>
    </Panel>
  );
}
