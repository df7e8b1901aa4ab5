import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { ShopEvent } from "../../../src/core/event/event.ts";
import { mapGa4 } from "../../../src/import/ga4.ts";

const eur = (minor: number) => ({ minor, currency: "EUR" });
function eventsOf(name: string, params: unknown, envelope = {}) {
  const result = mapGa4(name, params, { id: "e1", ...envelope });
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value.map((event) => v.parse(ShopEvent, event));
}
const items = [
  { item_id: "A", item_name: "Kettle", price: 10, quantity: 2, index: 0 },
  { item_id: "B", price: 5.5, index: 1 },
];

describe("names", () => {
  const params = { items: items.slice(0, 1), search_term: "x", transaction_id: "t", promotion_id: "p" };
  it.each([
    ["page_view", "page_viewed"],
    ["search", "products_searched"],
    ["view_search_results", "products_searched"],
    ["view_item_list", "product_list_viewed"],
    ["select_item", "product_clicked"],
    ["view_item", "product_viewed"],
    ["add_to_cart", "product_added"],
    ["remove_from_cart", "product_removed"],
    ["add_to_wishlist", "product_wished"],
    ["view_cart", "cart_viewed"],
    ["begin_checkout", "checkout_started"],
    ["add_shipping_info", "checkout_step_completed"],
    ["add_payment_info", "checkout_step_completed"],
    ["purchase", "order_completed"],
    ["refund", "order_refunded"],
    ["view_promotion", "promotion_viewed"],
    ["select_promotion", "promotion_clicked"],
    ["level_up", "custom"],
    ["__proto__", "custom"],
  ])("%s is one %s, with the id as given", (name, type) => {
    expect(eventsOf(name, params).map((event) => [event.type, event.id])).toEqual([[type, "e1"]]);
  });
});

describe("several items", () => {
  it("become several events, with ids that are the same when the message comes again", () => {
    const added = eventsOf("add_to_cart", { currency: "EUR", items });
    expect(added).toEqual([
      { type: "product_added", id: "e1.1", item: "A", quantity: 2, price: eur(1000) },
      { type: "product_added", id: "e1.2", item: "B", quantity: 1, price: eur(550) },
    ]);
    expect(eventsOf("add_to_cart", { currency: "EUR", items })).toEqual(added);
  });

  it("are the lines of a cart and the items of a list", () => {
    expect(eventsOf("view_cart", { items })).toMatchObject([
      { lines: [{ item: "A", quantity: 2 }, { item: "B" }] },
    ]);
    expect(eventsOf("view_item_list", { item_list_id: "new", items })).toMatchObject([
      { list: "new", items: ["A", "B"] },
    ]);
  });

  it("name each promotion once", () => {
    const named = { items: [{ promotion_id: "p1" }, { promotion_id: "p1" }, { promotion_name: "Summer" }] };
    expect(eventsOf("view_promotion", named)).toMatchObject([{ promotion: "p1" }, { promotion: "Summer" }]);
  });
});

describe("money and positions", () => {
  it("revenue trap: value is the item sum; what was paid adds shipping and tax", () => {
    expect(
      eventsOf("purchase", {
        transaction_id: "t1",
        value: 25.5,
        currency: "EUR",
        shipping: 4,
        tax: 1.5,
        coupon: "SUMMER",
        items,
      }),
    ).toMatchObject([
      {
        orderId: "t1",
        revenue: eur(2550),
        total: eur(3100),
        shipping: eur(400),
        tax: eur(150),
        coupon: "SUMMER",
      },
    ]);
  });

  it("revenue trap: without value it is price × quantity, and without tax the total is not known", () => {
    const [order] = eventsOf("purchase", { transaction_id: "t1", currency: "EUR", shipping: 4, items });
    expect(order).toMatchObject({ revenue: eur(2550) });
    expect(order).not.toHaveProperty("total");
  });

  it("position trap: GA4's index starts at 0, our positions at 1", () => {
    expect(eventsOf("select_item", { item_list_name: "L", items })).toMatchObject([
      { item: "A", position: 1, list: "L" },
      { item: "B", position: 2, list: "L" },
    ]);
  });

  it("unit-price trap: the price of two pieces is still for one", () => {
    expect(eventsOf("view_cart", { currency: "EUR", items })).toMatchObject([
      { lines: [{ quantity: 2, price: eur(1000) }, { price: eur(550) }] },
    ]);
  });

  it("the envelope's currency stands in for a missing one", () => {
    expect(eventsOf("view_item", { items: [{ item_id: "A", price: 3 }] }, { currency: "EUR" })).toMatchObject(
      [{ price: eur(300) }],
    );
  });

  it("a refund without items is of the whole order", () => {
    expect(eventsOf("refund", { transaction_id: "t1" })).toEqual([
      { type: "order_refunded", id: "e1", orderId: "t1" },
    ]);
  });
});

it("page, moment and scalars are carried over", () => {
  const params = { page_location: "https://shop.example/", page_title: "Home", engaged: 1, list: [] };
  expect(eventsOf("level_up", params, { at: 1_700_000_000_000 })).toEqual([
    {
      type: "custom",
      id: "e1",
      at: 1_700_000_000_000,
      page: { url: "https://shop.example/", title: "Home" },
      name: "level_up",
      facts: { page_location: "https://shop.example/", page_title: "Home", engaged: 1 },
    },
  ]);
});

it.each([
  ["view_item", "x", "/params"],
  ["view_item", {}, "/params/items"],
  ["view_item", { items: [] }, "/params/items"],
  ["view_item", { items: [{ item_name: "Kettle" }] }, "/params/items/0/item_id"],
  ["add_to_cart", { currency: "EUR", items: [{ item_id: "A", price: -1 }] }, "/params/items/0/price"],
  ["view_cart", { items: Array.from({ length: 201 }, () => ({ item_id: "A" })) }, "/params/items"],
  ["purchase", { items: [] }, "/params/transaction_id"],
  ["search", {}, "/params/search_term"],
  ["select_promotion", {}, "/params/promotion_id"],
  ["", {}, "/name"],
])("%s with %j is refused at %s", (name, params, pointer) => {
  const result = mapGa4(name, params, { id: "e1" });
  expect(result.ok ? undefined : result.problem).toMatchObject({ code: "event_invalid", pointer });
});
