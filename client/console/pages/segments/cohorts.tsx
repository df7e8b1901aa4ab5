import type { Cohorts as Answer } from "../../../../src/core/insight/cohorts.ts";
import { useRead } from "../../api/use-read.ts";
import { count, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { isTold } from "../../parts/withheld.ts";
import { WORDS } from "../../words/segments.ts";
import { shadeOf } from "./shade.ts";

/** Months shown after the first. */
const MONTHS = 12;

/** Who came back, by the month of the first order. */
export function Cohorts() {
  const read = useRead<Answer>("/v1/insight/cohorts");
  return (
    <Panel title={WORDS.cohorts} hint={WORDS.cohortsHint} isWide>
      <Loaded read={read} lines={6}>
        {({ currencies }) => {
          if (currencies.length === 0) return <p class="soft">{WORDS.noCohorts}</p>;
          return currencies.map(({ currency, cohorts }) => {
            const longest = Math.max(
              0,
              ...cohorts.map((one) => ("months" in one ? one.months.length - 1 : 0)),
            );
            const months = Array.from({ length: Math.min(MONTHS, longest) }, (_, index) => index + 1);
            return (
              <div
                class="table-scroll"
                key={currency}
                tabIndex={0}
                role="group"
                aria-label={`${WORDS.cohorts}, ${currency}`}
              >
                <table class="segments-heat">
                  <thead>
                    <tr>
                      <th scope="col">{`${WORDS.firstMonth}, ${currency}`}</th>
                      <th scope="col" class="number">
                        {WORDS.customers}
                      </th>
                      {months.map((month) => (
                        <th key={month} scope="col" class="number">
                          {WORDS.month(month)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {cohorts.map((cohort) => (
                      <tr key={cohort.firstMonth}>
                        <th scope="row">{cohort.firstMonth}</th>
                        <td class="number">{"customers" in cohort ? count(cohort.customers) : WORDS.few}</td>
                        {months.map((month) => {
                          const share = "months" in cohort ? cohort.months[month]?.returnedShare : undefined;
                          if (share === undefined || share === null || !isTold(share))
                            return (
                              <td key={month} class="number soft">
                                –
                              </td>
                            );
                          return (
                            <td key={month} class="number" style={shadeOf(share)}>
                              {percent(share, 0)}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            );
          });
        }}
      </Loaded>
    </Panel>
  );
}
