import { useState } from "preact/hooks";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { TextField } from "../../parts/field.tsx";
import { count, money, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { addressOf } from "../../shell/pages.ts";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/customers.ts";
import { idIn, type Best } from "./answers.ts";
import { Person } from "./person.tsx";

/** A search and who is worth most, or one customer. */
export function Page({ params }: { readonly params: readonly string[] }) {
  const session = useSession();
  const [text, setText] = useState("");
  const [id] = params;
  if (id !== undefined) return <Person key={id} id={id} />;
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <Panel title={WORDS.find}>
        <form
          class="customers-find"
          onSubmit={(event) => {
            event.preventDefault();
            location.hash = addressOf("customers", idIn(text));
          }}
        >
          <TextField
            label={WORDS.search}
            hint={WORDS.searchHint}
            type="search"
            value={text}
            onValue={setText}
            required
          />
          <Button kind="primary" type="submit">
            {WORDS.find}
          </Button>
        </form>
      </Panel>
      {may(session, ["owner"]) && <WorthMost />}
    </>
  );
}

function WorthMost() {
  const read = useRead<{ readonly customers: readonly Best[] }>("/v1/equity/top");
  const write = (minor: number | null, currency: string): string =>
    minor === null ? "–" : money({ minor, currency });
  return (
    <Panel title={WORDS.best} hint={WORDS.bestHint}>
      <Loaded read={read} lines={5}>
        {({ customers }) =>
          customers.length === 0 ? (
            <Empty title={WORDS.noBest}>{WORDS.noBestCure}</Empty>
          ) : (
            <Table
              label={WORDS.best}
              rows={customers}
              rowKey={({ customerId }) => customerId}
              columns={[
                {
                  key: "id",
                  label: WORDS.customer,
                  cell: ({ customerId }) => <a href={addressOf("customers", customerId)}>{customerId}</a>,
                },
                {
                  key: "clv",
                  label: WORDS.expected,
                  isNumber: true,
                  cell: ({ clvMinor, currency }) => write(clvMinor, currency),
                  sortBy: ({ clvMinor }) => clvMinor ?? -1,
                },
                {
                  key: "revenue",
                  label: WORDS.revenue,
                  isNumber: true,
                  cell: ({ revenueMinor, currency }) => write(revenueMinor, currency),
                  sortBy: ({ revenueMinor }) => revenueMinor,
                },
                {
                  key: "orders",
                  label: WORDS.expectedOrders,
                  isNumber: true,
                  cell: ({ expectedOrders }) => (expectedOrders === null ? "–" : count(expectedOrders)),
                  sortBy: ({ expectedOrders }) => expectedOrders ?? -1,
                },
                {
                  key: "churn",
                  label: WORDS.churn,
                  isNumber: true,
                  cell: ({ churn }) => (churn === null ? "–" : percent(churn, 0)),
                  sortBy: ({ churn }) => churn ?? -1,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
