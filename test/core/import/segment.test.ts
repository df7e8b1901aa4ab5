import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { ShopEvent } from "../../../src/core/event/event.ts";
import { mapSegment } from "../../../src/import/segment.ts";
import { segmentType } from "../../../src/import/segment-names.ts";
import { readShared, sharedPath } from "../../support/shared.ts";

const call = (over: object) => ({ messageId: "m1", anonymousId: "a1", ...over });
const track = (event: string, properties: object = {}) => call({ type: "track", event, properties });

function mapped(input: unknown, kind?: string, currency?: string) {
  const result = mapSegment(input, kind, currency);
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}
/** The event as the caller gets it: mapped, then parsed. */
const eventOf = (input: unknown, currency?: string) =>
  v.parse(ShopEvent, mapped(input, undefined, currency).event);
const problemOf = (input: unknown, kind?: string) => {
  const result = mapSegment(input, kind);
  return result.ok ? undefined : result.problem;
};

const usd = (minor: number) => ({ minor, currency: "USD" });

describe("names", () => {
  it.each([
    ["Products Searched", "products_searched"],
    ["Product List Viewed", "product_list_viewed"],
    ["Product List Filtered", "product_list_viewed"],
    ["Promotion Viewed", "promotion_viewed"],
    ["Promotion Clicked", "promotion_clicked"],
    ["Product Clicked", "product_clicked"],
    ["Product Viewed", "product_viewed"],
    ["Product Added", "product_added"],
    ["Product Removed", "product_removed"],
    ["Cart Viewed", "cart_viewed"],
    ["Checkout Started", "checkout_started"],
    ["Checkout Step Viewed", "custom"],
    ["Checkout Step Completed", "checkout_step_completed"],
    ["Payment Info Entered", "checkout_step_completed"],
    ["Order Completed", "order_completed"],
    ["Order Updated", "custom"],
    ["Order Refunded", "order_refunded"],
    ["Order Cancelled", "order_cancelled"],
    ["Coupon Entered", "custom"],
    ["Product Added to Wishlist", "product_wished"],
    ["Product Removed from Wishlist", "product_unwished"],
    ["Wishlist Product Added to Cart", "product_added"],
    ["Product Shared", "custom"],
    ["Product Reviewed", "custom"],
    ["Experiment Viewed", "custom"],
    ["Segment Consent Preference Updated", "consent_updated"],
    ["Viewed Product", "product_viewed"],
    ["Added Product", "product_added"],
    ["Removed Product", "product_removed"],
    ["Completed Order", "order_completed"],
    ["Clicked Product", "product_clicked"],
    ["Viewed Product Category", "product_list_viewed"],
    ["Viewed Promotion", "promotion_viewed"],
    ["Clicked Promotion", "promotion_clicked"],
    ["Started Order", "checkout_started"],
    ["Updated Order", "custom"],
    ["order completed", "order_completed"],
    ["ORDER COMPLETED", "order_completed"],
    ["__proto__", "custom"],
    ["toString", "custom"],
  ])("%s is %s", (name, type) => {
    expect(segmentType(name)).toBe(type);
  });
});

describe("calls", () => {
  it("a product view carries item, price for one piece, page, moment and consent", () => {
    const result = mapped(
      call({
        type: "track",
        event: "Product Viewed",
        userId: 97980,
        timestamp: "2015-12-12T19:11:01.249Z",
        originalTimestamp: "2015-12-12T19:11:01.152Z",
        context: {
          page: { url: "https://shop.example/p", title: "P", referrer: "", path: "/p", search: "" },
          consent: { categoryPreferences: { Advertising: true } },
        },
        properties: { product_id: "P1", sku: "P1-red", price: 18.99, currency: "USD", position: 3 },
      }),
    );
    expect(result).toEqual({
      anonymousId: "a1",
      userId: "97980",
      consent: { Advertising: true },
      event: {
        type: "product_viewed",
        id: "m1",
        at: "2015-12-12T19:11:01.249Z",
        page: { url: "https://shop.example/p", title: "P" },
        item: { id: "P1", sku: "P1-red", group: "P1" },
        price: usd(1899),
      },
    });
  });

  it("originalTimestamp stands in for a missing timestamp", () => {
    const input = { ...track("X"), originalTimestamp: "2015-12-12T19:11:01.152Z" };
    expect(eventOf(input).at).toBe(Date.UTC(2015, 11, 12, 19, 11, 1, 152));
  });

  it.each([
    ["product_id alone", { product_id: "P1" }, "P1"],
    ["a numeric product_id", { product_id: 42 }, "42"],
    ["v1's id", { id: "507f1f77bcf86cd799439011" }, "507f1f77bcf86cd799439011"],
    ["sku alone", { sku: "S1" }, "S1"],
    ["url in place of any id", { url: "https://shop.example/p" }, { url: "https://shop.example/p" }],
    [
      "url in place of a placeholder",
      { product_id: "undefined", url: "https://shop.example/p" },
      { url: "https://shop.example/p" },
    ],
    ["sku beside url", { sku: "S1", url: "/p" }, { id: "S1", sku: "S1", url: "/p" }],
  ])("an item is named by %s", (_, properties, item) => {
    expect(eventOf(track("Product Viewed", properties))).toMatchObject({ item });
  });

  it("identify lays the address flat and leaves out what is not a scalar", () => {
    const event = eventOf(
      call({
        type: "identify",
        traits: { name: "Peter", logins: 5, tags: ["x"], address: { city: "SF", geo: { lat: 1 } } },
      }),
    );
    expect(event).toMatchObject({ traits: { name: "Peter", logins: 5, address_city: "SF" } });
    expect(event).not.toHaveProperty("traits.tags");
  });

  it("identify keeps at most 64 traits, and only those that fit", () => {
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`t${i}`, i]));
    const event = eventOf(
      call({ type: "identify", traits: { long: "x".repeat(1025), ["n".repeat(65)]: 1, ...many } }),
    );
    if (event.type !== "traits_updated") throw new Error(event.type);
    expect(Object.keys(event.traits)).toHaveLength(64);
    expect(event.traits).not.toHaveProperty("long");
  });

  it("a page's own properties win over the context, and its type is not guessed", () => {
    const input = call({
      type: "page",
      name: "Home",
      category: "Start",
      properties: { url: "https://shop.example/" },
      context: { page: { url: "https://shop.example/old", referrer: "https://search.example/" } },
    });
    expect(eventOf(input)).toEqual({
      type: "page_viewed",
      id: "m1",
      page: {
        url: "https://shop.example/",
        title: "Home",
        referrer: "https://search.example/",
        category: "Start",
      },
    });
  });

  it("screen is a page, group and alias are custom, and alias does not tell the previous id", () => {
    expect(eventOf(call({ type: "screen", name: "Home" }))).toMatchObject({
      type: "page_viewed",
      page: { title: "Home" },
    });
    expect(eventOf(call({ type: "group", groupId: "g1", traits: { plan: "pro" } }))).toMatchObject({
      type: "custom",
      name: "group",
      facts: { groupId: "g1", plan: "pro" },
    });
    const alias = eventOf(call({ type: "alias", previousId: "jen@email.example" }));
    expect(alias).toMatchObject({ type: "custom", name: "alias" });
    expect(JSON.stringify(alias)).not.toContain("jen");
  });

  it("an unknown event keeps its name and its scalars", () => {
    expect(
      eventOf(track("Experiment Viewed", { experiment_id: "e", variation_id: 2, nested: {}, gone: null })),
    ).toMatchObject({
      type: "custom",
      name: "Experiment Viewed",
      facts: { experiment_id: "e", variation_id: 2, gone: null },
    });
  });

  it("a consent update carries the preferences as they came, and needs them", () => {
    const update = {
      ...track("Segment Consent Preference Updated"),
      context: { consent: { categoryPreferences: { Advertising: true, Analytics: false } } },
    };
    expect(eventOf(update)).toMatchObject({ consent: { Advertising: true, Analytics: false } });
    expect(problemOf(track("Segment Consent Preference Updated"))?.pointer).toBe(
      "/context/consent/categoryPreferences",
    );
  });

  it("the endpoint's verb wins over the call's type; old libraries wrote action", () => {
    expect(mapped(call({ type: "track", traits: { a: 1 } }), "identify").event.type).toBe("traits_updated");
    expect(
      mapped(call({ action: "track", event: "Product Viewed", properties: { sku: "S" } })).event.type,
    ).toBe("product_viewed");
  });
});

describe("money, positions and prices", () => {
  const products = [
    { product_id: "A", price: 19, quantity: 1 },
    { product_id: "B", price: "3.00", quantity: "2" },
  ];
  const order = (money: object) => track("Order Completed", { order_id: "o1", currency: "USD", ...money });

  it("revenue trap: revenue is taken as stated, total stays what was paid", () => {
    expect(
      eventOf(
        order({ revenue: 25, total: 27.5, shipping: 3, tax: 2, discount: 2.5, coupon: "hasbros", products }),
      ),
    ).toEqual({
      type: "order_completed",
      id: "m1",
      orderId: "o1",
      revenue: usd(2500),
      total: usd(2750),
      shipping: usd(300),
      tax: usd(200),
      discount: usd(250),
      coupon: "hasbros",
      lines: [
        { item: "A", quantity: 1, price: usd(1900) },
        { item: "B", quantity: 2, price: usd(300) },
      ],
    });
  });

  it.each([
    ["total alone loses shipping and tax", { total: 27.5, shipping: 3, tax: 2 }, 2250],
    ["subtotal is after discounts, before shipping and tax", { subtotal: 22.5, total: 27.5 }, 2250],
    ["neither: price × quantity less the discount", { discount: 2.5, products }, 2250],
    ["never below zero", { discount: 99, products }, 0],
  ])("revenue trap: %s", (_, money, revenue) => {
    expect(eventOf(order(money))).toMatchObject({ revenue: usd(revenue) });
  });

  it("revenue trap: a line without a price leaves the sum unknown rather than short", () => {
    expect(eventOf(order({ products: [...products, { product_id: "C" }] }))).not.toHaveProperty("revenue");
  });

  it("position trap: Segment's positions start at 1, as ours", () => {
    expect(eventOf(track("Product Clicked", { product_id: "A", position: 1 }))).toMatchObject({
      position: 1,
    });
  });

  it("unit-price trap: three pieces at 18.99 keep 18.99 as the price", () => {
    expect(
      eventOf(track("Product Added", { product_id: "A", price: 18.99, quantity: 3, currency: "usd" })),
    ).toMatchObject({ quantity: 3, price: usd(1899) });
  });

  it("without a currency an amount is left out, unless the caller knows the currency", () => {
    const viewed = track("Product Viewed", { product_id: "A", price: 5 });
    expect(eventOf(viewed)).not.toHaveProperty("price");
    expect(eventOf(viewed, "USD")).toMatchObject({ price: usd(500) });
  });

  it("a refund of lines leaves the amount to the order; a total loses shipping and tax", () => {
    const refund = (more: object) => track("Order Refunded", { order_id: "o1", currency: "USD", ...more });
    expect(eventOf(refund({ products: [products[0]] }))).toEqual({
      type: "order_refunded",
      id: "m1",
      orderId: "o1",
      lines: [{ item: "A", quantity: 1, price: usd(1900) }],
    });
    expect(eventOf(refund({ total: 30, shipping: 4 }))).toMatchObject({ amount: usd(2600) });
  });
});

describe("refusals", () => {
  it.each([
    ["not an object", [], "event_invalid", ""],
    ["no verb", call({ event: "X" }), "event_unknown", "/type"],
    ["nobody", { type: "page", messageId: "m" }, "id_missing", "/anonymousId"],
    [
      "both ids null",
      { type: "page", messageId: "m", userId: null, anonymousId: null },
      "id_missing",
      "/anonymousId",
    ],
    ["an id in the wrong case", { type: "page", messageId: "m", userID: "u" }, "id_missing", "/anonymousId"],
    ["a placeholder in mixed case", call({ type: "page", userId: "uNdEfInEd" }), "id_invalid", "/userId"],
    ["an object as id", call({ type: "page", userId: { $ne: null } }), "id_invalid", "/userId"],
    ["an unsafe integer as id", call({ type: "page", userId: 2 ** 53 }), "id_invalid", "/userId"],
    ["no messageId", { type: "page", anonymousId: "a" }, "event_invalid", "/messageId"],
    ["a messageId too long", call({ type: "page", messageId: "m".repeat(129) }), "id_invalid", "/messageId"],
    ["no event name", call({ type: "track" }), "event_invalid", "/event"],
    [
      "a product nobody names",
      track("Product Viewed", { name: "x" }),
      "event_invalid",
      "/properties/product_id",
    ],
    [
      "an order without id",
      track("Order Completed", { products: [] }),
      "event_invalid",
      "/properties/order_id",
    ],
    [
      "an order line nobody names",
      track("Order Completed", { order_id: "o", products: [{ sku: "a" }, { price: 1 }] }),
      "event_invalid",
      "/properties/products/1/product_id",
    ],
    [
      "products that are no list",
      track("Cart Viewed", { products: "[]" }),
      "event_invalid",
      "/properties/products",
    ],
    [
      "a negative price",
      track("Product Added", { sku: "a", price: -99999, currency: "USD" }),
      "event_invalid",
      "/properties/price",
    ],
    ["a search for nothing", track("Products Searched"), "event_invalid", "/properties/query"],
  ])("%s", (_, input, code, pointer) => {
    expect(problemOf(input)).toMatchObject({ code, pointer });
  });

  it("says how the ids are written when one is misspelt", () => {
    expect(problemOf({ type: "page", messageId: "m", user_id: "u" })?.cure).toContain("userId");
  });

  it("a fraction of a piece and a negative quantity are left for the schema to refuse", () => {
    for (const quantity of [1e-7, -5, "two"]) {
      const { event } = mapped(track("Product Added", { sku: "a", quantity }));
      expect(v.safeParse(ShopEvent, event).success).toBe(false);
    }
  });

  it("no trait reaches an object's prototype", () => {
    const traits: unknown = JSON.parse('{"__proto__":{"admin":true},"constructor":"x","plan":"pro"}');
    const { event } = mapped(call({ type: "identify", traits }));
    expect(event["traits"]).toEqual({ plan: "pro" });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

type Sample = { file: string; i: number; valid: boolean; payload?: unknown; raw?: string };

describe.skipIf(sharedPath("vectors/segment-spec/samples.jsonl") === undefined)(
  "the specification's samples",
  () => {
    const samples = (readShared("vectors/segment-spec/samples.jsonl") ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Sample);
    // The video samples name nobody but the placeholder "userId".
    const complete = (payload: unknown): unknown => {
      const { userId, ...rest } = payload as { readonly userId?: unknown };
      return { messageId: "m1", anonymousId: "a1", ...rest, ...(userId === "userId" ? {} : { userId }) };
    };

    it("are there", () => {
      expect(samples.filter((sample) => sample.valid)).toHaveLength(75);
    });

    it.each(
      samples
        .filter((sample) => sample.valid)
        .map((sample) => [`${sample.file} ${sample.i}`, sample.payload]),
    )("%s maps to an event of ours once it has its ids", (_, payload) => {
      expect(mapSegment(payload)).toHaveProperty("ok");
      expect(v.safeParse(ShopEvent, mapped(complete(payload)).event).issues).toBeUndefined();
    });

    it.each(
      samples.filter((sample) => !sample.valid).map((sample) => [`${sample.file} ${sample.i}`, sample.raw]),
    )("%s is refused, as text too", (_, raw) => {
      expect(() => JSON.parse(raw!) as unknown).toThrow(SyntaxError);
      expect(problemOf(raw)).toMatchObject({ code: "event_invalid" });
    });

    it("v1's order becomes an order with two lines", () => {
      const sample = samples.find(({ payload }) =>
        JSON.stringify(payload ?? "").includes("50314b8e9bcf000000000000"),
      );
      expect(eventOf(complete(sample?.payload))).toMatchObject({
        type: "order_completed",
        orderId: "50314b8e9bcf000000000000",
        revenue: usd(2500),
        lines: [{ quantity: 1 }, { quantity: 2 }],
      });
    });
  },
);
