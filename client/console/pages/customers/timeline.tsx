import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/customers.ts";
import type { Customer } from "./answers.ts";

/** A value of an event in a few words: texts as they are, the rest as JSON. */
const short = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

/** What happened, the newest first. */
export function Timeline({ entries }: { readonly entries: Customer["timeline"] }) {
  return (
    <Table
      label={WORDS.timeline}
      emptyText={WORDS.noTimeline}
      rows={entries.map((entry, at) => ({ ...entry, key: `${at} ${entry.at}` }))}
      rowKey={({ key }) => key}
      columns={[
        { key: "at", label: WORDS.when, cell: ({ at }) => <Time at={at} /> },
        {
          key: "what",
          label: WORDS.fact,
          cell: ({ type, what }) => (
            <>
              <strong>{type.replaceAll("_", " ")}</strong>{" "}
              <span class="soft">
                {Object.entries(what)
                  .map(([name, value]) => `${name}: ${short(value)}`)
                  .join(" · ")}
              </span>
            </>
          ),
        },
        { key: "source", label: WORDS.toldBy, cell: ({ source }) => source },
      ]}
    />
  );
}
