import { Badge } from "../../parts/badge.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/customers.ts";
import type { Customer } from "./answers.ts";

/** Facts with who told them. */
export function Facts({ known: { traits } }: Pick<Customer, "known">) {
  return (
    <Table
      label={WORDS.facts}
      emptyText={WORDS.noFacts}
      rows={traits}
      rowKey={({ name }) => name}
      columns={[
        { key: "name", label: WORDS.fact, cell: ({ name }) => name },
        {
          key: "value",
          label: WORDS.value,
          cell: ({ value, isHidden }) => (isHidden ? <Badge>{WORDS.hidden}</Badge> : String(value)),
        },
        {
          key: "source",
          label: WORDS.toldBy,
          cell: ({ source, isOwnWord }) =>
            isOwnWord ? <Badge tone="accent">{WORDS.ownWord}</Badge> : source,
        },
        { key: "at", label: WORDS.when, cell: ({ at }) => <Time at={at} /> },
      ]}
    />
  );
}
