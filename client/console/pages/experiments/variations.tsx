import { Badge } from "../../parts/badge.tsx";
import { Bar } from "../../parts/bar.tsx";
import { count, money, percent } from "../../parts/format.ts";
import { Table } from "../../parts/table.tsx";
import { useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/experiments.ts";
import type { Report } from "./answers.ts";

/** What each variation got and did, and how to look at it. */
export function Variations({ report }: { readonly report: Report }) {
  const { currency, origins } = useSession();
  const write = (minor: number): string => (currency ? money({ minor, currency }) : count(minor / 100, 2));
  const shop = origins[0];
  return (
    <>
      <Table
        label={WORDS.variations}
        rows={report.variations}
        rowKey={({ variation }) => variation}
        columns={[
          {
            key: "variation",
            label: WORDS.variation,
            cell: ({ variation, isControl }) => (
              <>
                {variation} {isControl && <Badge>{WORDS.control}</Badge>}
              </>
            ),
          },
          {
            key: "share",
            label: WORDS.share,
            cell: ({ share }) => <Bar share={share} label={percent(share, 0)} />,
          },
          { key: "users", label: WORDS.people, isNumber: true, cell: ({ users }) => count(users) },
          { key: "buyers", label: WORDS.buyers, isNumber: true, cell: ({ buyers }) => count(buyers) },
          { key: "orders", label: WORDS.orders, isNumber: true, cell: ({ orders }) => count(orders) },
          { key: "revenue", label: WORDS.revenue, isNumber: true, cell: ({ revenue }) => write(revenue) },
          {
            key: "attributed",
            label: WORDS.attributed,
            isNumber: true,
            cell: ({ attributed }) => write(attributed),
          },
        ]}
      />
      {shop !== undefined && (
        <p class="hint">
          <a href={`${shop}/?concierge=debug`} target="_blank" rel="noreferrer">
            {WORDS.see}
          </a>
          . {WORDS.seeHint}
        </p>
      )}
    </>
  );
}
