import { useEffect, useState } from "preact/hooks";
import type { ItemRow } from "../../../../src/core/insight/catalog/item-figures.ts";
import type { ItemFilter } from "../../../../src/core/insight/catalog/find-items.ts";
import { usePages } from "../../api/use-pages.ts";
import { Empty } from "../../parts/empty.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { count } from "../../parts/format.ts";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/catalog.ts";
import type { ItemsAnswer } from "./answers.ts";
import { ITEM_COLUMNS } from "./columns.tsx";

/** Typing pauses so long before the server is asked. */
const PAUSE_MS = 200;
const FILTERS = Object.keys(WORDS.items.filters) as ItemFilter[];

/** All items: searched and filtered by the server, page by page. */
export function Items() {
  const { items: words } = WORDS;
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  const [filter, setFilter] = useState<ItemFilter>("all");
  const [page, setPage] = useState<ItemsAnswer>();
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const search = new URLSearchParams({ query, filter, limit: "50" });
  const { rows, refusal, isLoading, more } = usePages<ItemRow, ItemsAnswer>(
    `/v1/catalog/items?${search.toString()}`,
    (answer) => {
      setPage(answer);
      return { rows: answer.items, next: answer.next };
    },
  );
  if (page?.counts.all === 0)
    return (
      <Empty title={words.empty} guide="/docs/">
        {words.emptyCure}
      </Empty>
    );
  return (
    <Panel title={words.title} hint={words.hint}>
      <div class="catalog-search">
        <TextField
          label={words.search}
          type="search"
          placeholder={words.placeholder}
          maxLength={200}
          value={typed}
          onValue={setTyped}
        />
        <SelectField
          label={words.show}
          value={filter}
          onValue={(next) => setFilter(FILTERS.find((one) => one === next) ?? "all")}
          options={FILTERS.map((value) => ({
            value,
            label: page
              ? words.filterOption(words.filters[value], count(page.counts[value]))
              : words.filters[value],
          }))}
        />
      </div>
      <p class="hint" role="status">
        {page && !isLoading ? words.found(count(page.total)) : " "}
      </p>
      {refusal && <Refused refusal={refusal} />}
      {rows.length === 0 && isLoading ? (
        <Skeleton lines={8} />
      ) : (
        <div class="catalog-wide">
          <Table
            label={words.title}
            columns={ITEM_COLUMNS}
            rows={rows}
            rowKey={({ id }) => id}
            onMore={more}
            isLoadingMore={isLoading}
            emptyText={words.none}
          />
        </div>
      )}
    </Panel>
  );
}
