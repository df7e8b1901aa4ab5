import type { Neighbouring } from "../../../../src/core/insight/catalog/around-item.ts";
import { Badge } from "../../parts/badge.tsx";
import { Bar } from "../../parts/bar.tsx";
import { Empty } from "../../parts/empty.tsx";
import { percent } from "../../parts/format.ts";
import { Table } from "../../parts/table.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/catalog.ts";
import type { ItemAnswer } from "./answers.ts";
import { ItemLink, Told } from "./told.tsx";

const { listColumns: words, item: itemWords } = WORDS;

/** Why an item may not be shown, in words. */
export const obstacleText = (code: string): string =>
  WORDS.obstacles[code as keyof typeof WORDS.obstacles] ?? code;

/** An item's lists, each a tab with its evidence. */
export function Lists({ answer: { item, lists, supportersCap } }: { readonly answer: ItemAnswer }) {
  return (
    <Tabs
      label={itemWords.lists}
      tabs={lists.map(({ list, items }) => ({
        id: list,
        label: `${WORDS.lists[list]} ${items.length > 0 ? `(${items.length})` : ""}`.trim(),
        content: () =>
          items.length === 0 ? (
            <Empty title={itemWords.nothing}>{WORDS.listNone[list]}</Empty>
          ) : (
            <div class="catalog-wide">
              <Table<Neighbouring>
                label={WORDS.lists[list]}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  { key: "item", label: words.item, cell: (one) => <ItemLink item={one} /> },
                  {
                    key: "strength",
                    label: words.strength,
                    cell: ({ strength }) => <Bar share={strength} label={percent(strength, 0)} />,
                    sortBy: ({ strength }) => strength,
                  },
                  {
                    key: "people",
                    label: words.people,
                    isNumber: true,
                    cell: ({ customers }) => <Told value={customers} cap={supportersCap} />,
                  },
                  {
                    key: "times",
                    label: words.times,
                    isNumber: true,
                    cell: ({ times }) => <Told value={times} />,
                  },
                  { key: "reason", label: words.reason, cell: ({ why }) => why.text },
                  {
                    key: "may",
                    label: words.may,
                    cell: ({ obstacle }) =>
                      obstacle === undefined ? (
                        <Badge tone="good">{WORDS.yes}</Badge>
                      ) : (
                        <Badge tone="warn">{obstacleText(obstacle)}</Badge>
                      ),
                  },
                  {
                    key: "why",
                    label: words.why,
                    cell: (one) => (
                      <a
                        href={addressOf("catalog", "why", one.id, item.id)}
                        aria-label={itemWords.whyTitle(one.title)}
                      >
                        {itemWords.why}
                      </a>
                    ),
                  },
                ]}
              />
            </div>
          ),
      }))}
    />
  );
}
