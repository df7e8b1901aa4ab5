import type { RfmGrid } from "../../../../src/core/insight/rfm-grid.ts";
import { useRead } from "../../api/use-read.ts";
import { Empty } from "../../parts/empty.tsx";
import { count, money } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/segments.ts";
import { shadeOf } from "./shade.ts";

const CLASSES = [1, 2, 3, 4, 5];

/** Recency by frequency: a table whose shades say the same as its numbers. */
export function Rfm() {
  const read = useRead<RfmGrid>("/v1/insight/rfm");
  return (
    <Panel title={WORDS.rfm} hint={WORDS.rfmHint}>
      <Loaded read={read} lines={5}>
        {({ customers, cells }) => {
          if (customers === 0) return <Empty title={WORDS.noModel}>{WORDS.noModelCure}</Empty>;
          const most = Math.max(1, ...cells.map((cell) => ("customers" in cell ? cell.customers : 0)));
          return (
            <div class="table-scroll" tabIndex={0} role="group" aria-label={WORDS.rfm}>
              <table class="segments-heat">
                <thead>
                  <tr>
                    <th scope="col">{`${WORDS.recency} \\ ${WORDS.frequency}`}</th>
                    {CLASSES.map((frequency) => (
                      <th key={frequency} scope="col" class="number">
                        {frequency}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {CLASSES.toReversed().map((recency) => (
                    <tr key={recency}>
                      <th scope="row">{recency}</th>
                      {CLASSES.map((frequency) => {
                        const cell = cells.find(
                          (one) => one.recency === recency && one.frequency === frequency,
                        );
                        if (!cell || !("customers" in cell))
                          return (
                            <td key={frequency} class="number soft" title={WORDS.few}>
                              {"<5"}
                            </td>
                          );
                        return (
                          <td
                            key={frequency}
                            class="number"
                            style={shadeOf(cell.customers / most)}
                            title={cell.revenuePerCustomer ? money(cell.revenuePerCustomer) : ""}
                          >
                            {count(cell.customers)}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}
