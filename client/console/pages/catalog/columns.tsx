import type { ItemRow } from "../../../../src/core/insight/catalog/item-figures.ts";
import { count, money } from "../../parts/format.ts";
import type { Column } from "../../parts/table.tsx";
import { WORDS } from "../../words/catalog.ts";
import { ItemLink, States, Told } from "./told.tsx";

const { columns } = WORDS;

/** Items as tables show them. The server orders and pages them. */
export const ITEM_COLUMNS: readonly Column<ItemRow>[] = [
  { key: "item", label: columns.item, cell: (item) => <ItemLink item={item} /> },
  { key: "state", label: columns.state, cell: (item) => <States item={item} /> },
  {
    key: "visits",
    label: columns.visits,
    isNumber: true,
    cell: ({ visits }) => <Told value={visits} />,
  },
  {
    key: "recent",
    label: columns.recent,
    isNumber: true,
    cell: ({ recentVisits }) => <Told value={recentVisits} />,
  },
  {
    key: "buyers",
    label: columns.buyers,
    isNumber: true,
    cell: ({ buyers }) => <Told value={buyers} />,
  },
  { key: "reach", label: columns.reach, isNumber: true, cell: ({ reach }) => count(reach) },
  { key: "price", label: columns.price, isNumber: true, cell: ({ price }) => (price ? money(price) : "–") },
  { key: "type", label: columns.type, cell: ({ type, brand }) => [brand, type].filter(Boolean).join(" · ") },
];
