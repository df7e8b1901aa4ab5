import { isAvailable, priceOf, type CatalogItem } from "../../catalog/item.ts";
import type { World } from "../../decide/world.ts";
import type { ItemId } from "../../primitives/ids.ts";
import type { Money } from "../../primitives/money.ts";
import { isWarm } from "../../recommend/content/stand-ins.ts";
import { PEOPLE_MIN, WITHHELD, type Withheld } from "../withhold.ts";
import { reachOf } from "./reach.ts";

/** A number that people stand behind, or that too few do. */
export type Told = number | Withheld;

/**
 * A count of acts or people, as the model publishes it, as it may be told. A model that publishes nothing of fewer than five
 * people has seen to it. Of another one, fewer than five acts are surely those of fewer than five people.
 * @param minCustomers people that the model wants behind what it publishes
 * @example told(4, 1) // { withheld: true }
 * @example told(4, 5) // 4: that much of the interest of five people and more is left
 */
export const told = (count: number, minCustomers: number): Told =>
  minCustomers < PEOPLE_MIN && count > 0 && count < PEOPLE_MIN ? WITHHELD : count;

/** What an item is called and looks like, wherever one is named. */
export type ItemLabel = {
  readonly id: ItemId;
  readonly title: string;
  readonly image?: string;
  readonly url?: string;
  readonly brand?: string;
  readonly type?: string;
  readonly price?: Money;
  readonly availability: CatalogItem["availability"];
  /** Whether it can be had at all; the market of a visit may say otherwise. */
  readonly isAvailable: boolean;
};

/** An item beside the others: what it is, and what is known of it. */
export type ItemRow = ItemLabel & {
  /** Kept out of everything learned. */
  readonly isSensitive: boolean;
  /** Whether enough people saw or bought it for the model to tell of it. */
  readonly isCold: boolean;
  /** Visits that saw it, and different people who bought it, since the model began. */
  readonly visits: Told;
  readonly buyers: Told;
  /** Visits of late: one of three days ago counts half. */
  readonly recentVisits: Told;
  /** Other items whose lists lead to it. */
  readonly reach: number;
};

/** Visits of late to an item, in whole ones; 0 where too few people stand behind them. */
export const heatOf = ({ model, toModel }: World, ordinal: number): number =>
  Math.round(model.heat[toModel[ordinal]!] ?? 0);

/** An item by its name, as every answer about the catalog names it. What it costs the shop is no part of it. */
export function labelOf(item: CatalogItem): ItemLabel {
  const { id, title, image, url, brand, type, availability } = item;
  const price = priceOf(item);
  return {
    id,
    title,
    ...(image === undefined ? {} : { image }),
    ...(url === undefined ? {} : { url }),
    ...(brand === undefined ? {} : { brand }),
    ...(type === undefined ? {} : { type }),
    ...(price === undefined ? {} : { price }),
    availability,
    isAvailable: isAvailable(item),
  };
}

/** An item with its figures. */
export function rowOf(world: World, ordinal: number): ItemRow {
  const { catalog, model, toModel, sensitive } = world;
  const index = toModel[ordinal] ?? -1;
  const tell = (count: number | undefined): Told => told(count ?? 0, model.minCustomers);
  return {
    ...labelOf(catalog.items[ordinal]!),
    isSensitive: sensitive.has(ordinal),
    isCold: !isWarm(world, ordinal),
    visits: tell(model.visits[index]),
    buyers: tell(model.buyers[index]),
    // Both are told in round numbers, each in its own time: never more of late than ever.
    recentVisits: tell(Math.min(heatOf(world, ordinal), model.visits[index] ?? 0)),
    reach: reachOf(world).from[ordinal]!,
  };
}
