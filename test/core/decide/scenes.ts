import { applyChanges, EMPTY_CATALOG } from "../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { compileConfig } from "../../../src/core/config/compile.ts";
import type { ConfigDocument } from "../../../src/core/config/config.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { setScene } from "../../../src/core/decide/set-scene.ts";
import type { Scene } from "../../../src/core/decide/scene.ts";
import { joinWorld, type World } from "../../../src/core/decide/world.ts";
import { newCustomer, type Whole } from "../../../src/core/customer/customer.ts";
import type { Profile } from "../../../src/core/profile/profile.ts";
import { viewOf } from "../../../src/core/profile/view.ts";
import type { Fact } from "../../../src/core/recommend/fact.ts";
import { emptyModel, learn } from "../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;
export const euros = (minor: number) => ({ minor, currency: "EUR" });

export const item = (id: string, more: Partial<CatalogItem> = {}): CatalogItem => ({
  id,
  title: `The ${id}`,
  availability: "in_stock",
  price: euros(1000),
  ...more,
});

/** Kettles, tea and cups: enough for every strategy to have something to say. */
export const ITEMS: readonly CatalogItem[] = [
  item("kettle", {
    type: "Kettles",
    brand: "Brook",
    price: euros(3000),
    attributes: { capacityLitres: 1 },
    goesWith: ["filter"],
  }),
  item("kettle-plus", {
    type: "Kettles",
    brand: "Brook",
    price: euros(4000),
    attributes: { capacityLitres: 2 },
  }),
  item("kettle-max", { type: "Kettles", price: euros(5500) }),
  item("tea", { type: "Tea", price: euros(500), replenishDays: 30 }),
  item("cup", { type: "Cups", price: euros(900) }),
  item("filter", { type: "Filters" }),
  item("spoon", { type: "Spoons" }),
];

/** Eight people look at the kettle, most buy the better one with tea; others buy spoons. */
export const FACTS: readonly Fact[] = Array.from({ length: 8 }, (_, i): Fact[] => [
  { who: `a${i}`, session: 1, at: NOW - DAY + i, kind: "view", items: ["kettle"] },
  { who: `a${i}`, session: 1, at: NOW - DAY + 10 + i, kind: "view", items: ["kettle-plus"] },
  { who: `a${i}`, session: 1, at: NOW - DAY + 20 + i, kind: "buy", items: ["kettle-plus", "tea"] },
  { who: `b${i}`, session: 1, at: NOW - DAY + 30 + i, kind: "view", items: ["spoon"] },
  { who: `b${i}`, session: 1, at: NOW - DAY + 40 + i, kind: "buy", items: ["spoon", "cup"] },
]).flat();

export function worldOf({
  items = ITEMS,
  facts = FACTS,
  config = {},
  minCustomers = 5,
}: {
  items?: readonly CatalogItem[];
  facts?: readonly Fact[];
  config?: ConfigDocument;
  minCustomers?: number;
} = {}): World {
  const model = emptyModel();
  for (const fact of facts) learn(model, fact);
  const catalog = applyChanges(
    EMPTY_CATALOG,
    items.map((one) => ({ id: one.id, item: one })),
    1,
  );
  return joinWorld(
    compileConfig(readConfig(config), 1),
    catalog,
    publish(model, { minCustomers, version: 1, now: NOW }),
  );
}

/** A person who consented, with whatever past the test gives them. */
export function person(change: (profile: Profile & Pick<Whole, "orders">) => void = () => undefined): Whole {
  const customer = newCustomer(
    { source: "label", site: "s", receivers: { model: "", ledger: "", courier: "" } },
    NOW - 100 * DAY,
  );
  const grant = { granted: true, at: NOW - DAY, source: "test", expiresAt: NOW + DAY, policyVersion: "1" };
  customer.consent = { personalization: grant, analytics: grant };
  change(Object.assign(customer.profile, { orders: customer.orders }));
  return customer;
}

export function sceneOf(
  world: World,
  {
    current,
    cart,
    profile,
    category,
  }: { current?: string; cart?: readonly string[]; profile?: Whole; category?: string } = {},
): Scene {
  return setScene(
    world,
    {
      now: NOW,
      market: undefined,
      locale: undefined,
      device: undefined,
      exclude: [],
      page: {
        ...(current === undefined ? {} : { item: current }),
        ...(category === undefined ? {} : { category }),
      },
      cart: cart?.map((id) => ({ item: id, quantity: 1 })),
    },
    profile && viewOf(profile, NOW),
  );
}
