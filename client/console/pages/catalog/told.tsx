import type { ItemRow } from "../../../../src/core/insight/catalog/item-figures.ts";
import { Badge } from "../../parts/badge.tsx";
import { count } from "../../parts/format.ts";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/catalog.ts";

/** A count, or that it is about too few people. @param cap counts from here on mean that or more */
export function Told({
  value,
  cap,
}: {
  readonly value: ItemRow["visits"] | undefined;
  readonly cap?: number;
}) {
  if (value === undefined) return <span class="soft">–</span>;
  if (typeof value === "object")
    return (
      <span class="soft" title={WORDS.fewTitle}>
        {WORDS.few}
      </span>
    );
  return <>{cap !== undefined && value >= cap ? WORDS.orMore(count(value)) : count(value)}</>;
}

/** Leads to an item's page. */
export const itemAddress = (id: string): string => addressOf("catalog", "item", id);

/** An item's name, leading to its page. */
export const ItemLink = ({ item }: { readonly item: { readonly id: string; readonly title: string } }) => (
  <a class="catalog-link" href={itemAddress(item.id)}>
    {item.title}
  </a>
);

/** How an item stands: stock, and what is amiss with it. */
export function States({ item }: { readonly item: ItemRow }) {
  const { availability, isAvailable, isCold, isSensitive } = item;
  return (
    <span class="catalog-states">
      {availability === "in_stock" && isAvailable ? (
        <span class="soft">{WORDS.states.in_stock}</span>
      ) : (
        <Badge tone={isAvailable ? "plain" : "warn"}>{WORDS.states[availability]}</Badge>
      )}
      {isCold && !isSensitive && <Badge>{WORDS.states.cold}</Badge>}
      {isSensitive && <Badge>{WORDS.states.sensitive}</Badge>}
    </span>
  );
}
