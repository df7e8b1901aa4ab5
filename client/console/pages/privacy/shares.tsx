import { useRead } from "../../api/use-read.ts";
import { Bar } from "../../parts/bar.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Figure } from "../../parts/figure.tsx";
import { count, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { PURPOSES } from "../../words/notices.ts";
import { WORDS } from "../../words/privacy.ts";

type Told = number | { readonly withheld: true };
type Consent = {
  readonly people: Told;
  readonly purposes: readonly { readonly purpose: keyof typeof PURPOSES; readonly people: Told }[];
};
type Traffic = {
  readonly days: readonly {
    readonly decisions: { readonly measured: number; readonly unmeasured: number };
  }[];
};

/** How many agreed to what, and how many decisions were made for nobody in particular. */
export function Shares() {
  const consent = useRead<Consent>("/v1/insight/consent");
  const pulse = useRead<Traffic>("/v1/pulse");
  return (
    <Panel title={WORDS.shares} hint={WORDS.sharesHint}>
      <Loaded read={consent}>
        {({ people, purposes }) =>
          people === 0 ? (
            <Empty title={WORDS.nobody}>{WORDS.nobodyCure}</Empty>
          ) : (
            <Table
              label={WORDS.shares}
              rows={purposes}
              rowKey={({ purpose }) => purpose}
              columns={[
                { key: "purpose", label: WORDS.purpose, cell: ({ purpose }) => PURPOSES[purpose] },
                {
                  key: "people",
                  label: WORDS.people,
                  isNumber: true,
                  cell: (row) => (typeof row.people === "number" ? count(row.people) : WORDS.withheld),
                },
                {
                  key: "share",
                  label: WORDS.share,
                  cell: (row) => {
                    if (typeof row.people !== "number" || typeof people !== "number") return "–";
                    return <Bar share={row.people / people} label={percent(row.people / people, 0)} />;
                  },
                },
              ]}
            />
          )
        }
      </Loaded>
      <Loaded read={pulse} lines={1}>
        {({ days }) => {
          const unmeasured = days.reduce((sum, { decisions }) => sum + decisions.unmeasured, 0);
          const all = days.reduce((sum, { decisions }) => sum + decisions.measured + decisions.unmeasured, 0);
          return (
            <dl class="figures">
              <Figure
                label={WORDS.decisions}
                hint={WORDS.decisionsHint}
                value={all > 0 ? percent(unmeasured / all) : "–"}
                range={WORDS.ofAll(count(all))}
              />
            </dl>
          );
        }}
      </Loaded>
    </Panel>
  );
}
