import { usePages } from "../../api/use-pages.ts";
import { useRead } from "../../api/use-read.ts";
import { Figure } from "../../parts/figure.tsx";
import { count, day } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/privacy.ts";

type Erasure = {
  readonly object: string;
  readonly at: number;
  readonly receipt: string;
  readonly returnedAt: number | null;
};
type Page = { readonly erasures: readonly Erasure[]; readonly next: string | null };

/** The erase ledger: by receipt, never by name. */
export function Erasures() {
  const pages = usePages("/v1/erasures", (page: Page) => ({ rows: page.erasures, next: page.next }));
  const pulse = useRead<{ readonly ledger: { readonly owed: number } }>("/v1/pulse");
  return (
    <Panel title={WORDS.erasures} hint={WORDS.erasuresHint}>
      {pages.refusal && <Refused refusal={pages.refusal} />}
      <Loaded read={pulse} lines={1}>
        {({ ledger }) => (
          <dl class="figures">
            <Figure label={WORDS.owed} hint={WORDS.owedHint} value={count(ledger.owed)} />
          </dl>
        )}
      </Loaded>
      <Table
        label={WORDS.erasures}
        emptyText={WORDS.noErasures}
        rows={pages.rows}
        rowKey={({ object }) => object}
        onMore={pages.more}
        isLoadingMore={pages.isLoading}
        columns={[
          { key: "receipt", label: WORDS.receipt, cell: ({ receipt }) => <code>{receipt}</code> },
          { key: "at", label: WORDS.at, cell: ({ at }) => <Time at={at} /> },
          {
            key: "returned",
            label: WORDS.returned,
            cell: ({ returnedAt }) => (returnedAt === null ? WORDS.no : day(returnedAt)),
          },
        ]}
      />
    </Panel>
  );
}
