import { useState } from "preact/hooks";
import { TextField } from "../../parts/field.tsx";
import { Table } from "../../parts/table.tsx";
import { PURPOSES } from "../../words/notices.ts";
import { WORDS } from "../../words/privacy.ts";

export type Entry = {
  readonly where: string;
  readonly field: string;
  readonly use: string;
  readonly purposes: readonly (keyof typeof PURPOSES)[];
  readonly retention: string;
};

const words = (name: string): string => name.replaceAll("_", " ");

/** The register, with a search: it is long. */
export function Register({ fields }: { readonly fields: readonly Entry[] }) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = fields.filter((entry) => JSON.stringify(entry).toLowerCase().includes(wanted));
  return (
    <>
      <TextField label={WORDS.search} type="search" value={query} onValue={setQuery} />
      <Table
        label={WORDS.register}
        rows={found}
        rowKey={({ where, field }) => `${where} ${field}`}
        columns={[
          {
            key: "field",
            label: WORDS.field,
            cell: ({ field }) => <code>{field}</code>,
            sortBy: ({ field }) => field,
          },
          {
            key: "where",
            label: WORDS.where,
            cell: ({ where }) => words(where),
            sortBy: ({ where }) => where,
          },
          { key: "use", label: WORDS.use, cell: ({ use }) => <span title={use}>{use}</span> },
          {
            key: "needs",
            label: WORDS.needs,
            cell: ({ purposes }) =>
              purposes.map((purpose) => PURPOSES[purpose]).join(", ") || WORDS.needsNothing,
          },
          {
            key: "kept",
            label: WORDS.kept,
            cell: ({ retention }) => <span title={retention}>{retention}</span>,
          },
        ]}
      />
    </>
  );
}
