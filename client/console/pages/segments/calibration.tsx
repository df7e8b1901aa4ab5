import type { Calibration as Told } from "../../../../src/core/value/calibration.ts";
import { useRead } from "../../api/use-read.ts";
import { Chart } from "../../parts/chart.tsx";
import { Empty } from "../../parts/empty.tsx";
import { change, count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/segments.ts";

type Answer = { readonly orders?: Told; readonly sentence?: string };

/** Whether predictions met what came, by tenths of customers. */
export function Calibration() {
  const read = useRead<Answer>("/v1/equity/calibration");
  return (
    <Panel title={WORDS.calibration} hint={WORDS.calibrationHint}>
      <Loaded read={read} lines={5}>
        {({ orders, sentence }) =>
          orders && orders.deciles.length > 0 ? (
            <>
              <Chart
                title={WORDS.calibration}
                x={orders.deciles.map((_, index) => String(index + 1))}
                xLabel={WORDS.tenth}
                kind="line"
                format={(value) => count(value, 2)}
                series={[
                  {
                    label: WORDS.predicted,
                    values: orders.deciles.map(({ meanPredicted }) => meanPredicted),
                  },
                  { label: WORDS.actual, values: orders.deciles.map(({ meanActual }) => meanActual) },
                ]}
              />
              {orders.totalError !== null && <p class="hint">{WORDS.fit(change(orders.totalError))}</p>}
            </>
          ) : (
            <Empty title={WORDS.noModel}>{sentence ?? WORDS.noModelCure}</Empty>
          )
        }
      </Loaded>
    </Panel>
  );
}
