import type { Grant } from "../../../../src/core/consent/consent.ts";
import { Badge } from "../../parts/badge.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/customers.ts";
import { PURPOSES } from "../../words/notices.ts";
import type { Customer } from "./answers.ts";

type Row = readonly [purpose: string, grant: Grant & { readonly holds: boolean }];

/** What was asked, what was answered, when and how. */
export function Consent({ consent }: Pick<Customer["known"], "consent">) {
  return (
    <Table
      label={WORDS.consent}
      emptyText={WORDS.noConsent}
      rows={Object.entries(consent) as unknown as readonly Row[]}
      rowKey={([purpose]) => purpose}
      columns={[
        {
          key: "purpose",
          label: WORDS.purpose,
          cell: ([purpose]) => (PURPOSES as Readonly<Record<string, string>>)[purpose] ?? purpose,
        },
        {
          key: "answer",
          label: WORDS.answer,
          cell: ([, { holds }]) => (
            <Badge tone={holds ? "good" : "plain"}>{holds ? WORDS.yes : WORDS.no}</Badge>
          ),
        },
        { key: "at", label: WORDS.asked, cell: ([, { at }]) => <Time at={at} /> },
        {
          key: "how",
          label: WORDS.how,
          cell: ([, { at: _at, granted: _granted, holds: _holds, ...how }]) =>
            Object.entries(how)
              .map(([name, value]) => `${name}: ${String(value)}`)
              .join(", ") || "–",
        },
      ]}
    />
  );
}
