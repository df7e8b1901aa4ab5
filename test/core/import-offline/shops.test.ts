import { describe, expect, test } from "vitest";
import { isSigned } from "../../../src/import/hook-signature.ts";
import { readShopify } from "../../../src/import/shopify.ts";
import { readWooCommerce } from "../../../src/import/woocommerce.ts";
import { readShared, sharedPath } from "../../support/shared.ts";
import { take } from "./reading.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });

/** The parts of a Shopify order (Admin REST API 2026-01) that say something about money, people and items. */
const SHOPIFY = {
  id: 5_001_234_567_890,
  created_at: "2026-05-01T12:00:00+02:00",
  processed_at: "2026-05-01T12:00:00+02:00",
  updated_at: "2026-05-01T12:00:00+02:00",
  currency: "EUR",
  taxes_included: true,
  subtotal_price: "23.80",
  total_price: "29.75",
  total_tax: "4.75",
  total_discounts: "2.00",
  discount_codes: [{ code: "SPRING", amount: "2.00", type: "fixed_amount" }],
  source_name: "web",
  customer: { id: 207_119_551, email: "jane@example.com" },
  note_attributes: [{ name: "concierge_visitor", value: "v_abc" }],
  line_items: [
    { id: 1, variant_id: 447_654_529, product_id: 632_910_392, sku: "TEA-1", quantity: 2, price: "12.90" },
  ],
  shipping_lines: [{ price: "5.95", tax_lines: [{ price: "0.95" }] }],
  refunds: [],
};

describe("Shopify", () => {
  test("an order: the shop's currency in minor units, net of tax and shipping, by variant and group", () => {
    const read = readShopify("orders/create", SHOPIFY);
    expect(read).toMatchObject({
      customerId: "shopify:207119551",
      visitorId: "v_abc",
      events: [
        {
          type: "order_completed",
          orderId: "shopify:5001234567890",
          at: Date.UTC(2026, 4, 1, 10),
          revenue: euros(2000),
          total: euros(2975),
          shipping: euros(595),
          tax: euros(475),
          discount: euros(200),
          coupon: "SPRING",
          channel: "web",
          lines: [
            { item: { id: "447654529", sku: "TEA-1", group: "632910392" }, quantity: 2, price: euros(1290) },
          ],
        },
      ],
    });
    expect(JSON.stringify(read)).not.toContain("jane");
    if ("events" in read)
      for (const { sameness: _, ...event } of read.events)
        expect(take({ ...event, id: "e" })).not.toHaveProperty("code");
  });

  test("yen have no minor unit, prices without tax stay as they are, a till is a store", () => {
    const order = {
      ...SHOPIFY,
      currency: "JPY",
      taxes_included: false,
      subtotal_price: "2380",
      source_name: "pos",
    };
    expect(readShopify("orders/paid", order)).toMatchObject({
      events: [{ revenue: { minor: 2380, currency: "JPY" }, channel: "store" }],
    });
  });

  test("returns come with the updated order, by their own ids; a cancellation too", () => {
    const refund = {
      id: 929_361_464,
      created_at: "2026-05-03T10:00:00Z",
      refund_line_items: [
        { quantity: 1, subtotal: "11.90", total_tax: "1.90", line_item: SHOPIFY.line_items[0] },
      ],
      order_adjustments: [{ kind: "refund_discrepancy", amount: "-1.00" }],
    };
    const updated = {
      ...SHOPIFY,
      updated_at: "2026-05-03T10:00:00Z",
      refunds: [refund],
      cancelled_at: "2026-05-04T10:00:00Z",
    };
    const read = readShopify("orders/updated", updated);
    expect(read).toMatchObject({
      events: [
        { type: "order_completed" },
        {
          type: "order_refunded",
          amount: euros(1100),
          lines: [{ item: { id: "447654529" }, quantity: 1 }],
          at: Date.UTC(2026, 4, 3, 10),
        },
        { type: "order_cancelled", at: Date.UTC(2026, 4, 4, 10) },
      ],
    });
    const moment = (reading: typeof read) => ("events" in reading ? reading.events[0]!.at! : 0);
    expect(moment(read)).toBeGreaterThan(moment(readShopify("orders/create", SHOPIFY)));
  });

  test.each([
    ["customers/redact", { customer: { id: 7 } }, { erase: "shopify:7" }],
    ["customers/data_request", { customer: { id: 7 } }, { request: expect.any(String) }],
    ["shop/redact", { shop_id: 1 }, { request: expect.any(String) }],
    ["refunds/create", { id: 1, order_id: 2 }, { ignored: expect.any(String) }],
    ["themes/publish", {}, { ignored: expect.any(String) }],
    ["orders/create", { ...SHOPIFY, test: true }, { ignored: expect.any(String) }],
    ["orders/create", { ...SHOPIFY, customer: null, note_attributes: [] }, { ignored: expect.any(String) }],
  ])("%s", (topic, body, expected) => {
    expect(readShopify(topic, body)).toEqual(expected);
  });
});

/** A WooCommerce order (REST API v3). */
const WOO = {
  id: 727,
  status: "processing",
  currency: "EUR",
  date_created_gmt: "2026-05-01T10:00:00",
  date_modified_gmt: "2026-05-01T10:00:00",
  customer_id: 26,
  total: "29.75",
  discount_total: "2.00",
  shipping_total: "5.00",
  total_tax: "4.75",
  coupon_lines: [{ code: "spring" }],
  line_items: [
    { id: 1, product_id: 93, variation_id: 0, sku: "TEA-1", quantity: 2, total: "20.00", price: 10 },
  ],
  refunds: [],
  meta_data: [{ key: "_concierge_visitor", value: "v_abc" }],
};

describe("WooCommerce", () => {
  test("an order: UTC, net line totals, the product where there is no variation", () => {
    expect(readWooCommerce("order.created", WOO)).toMatchObject({
      customerId: "woocommerce:26",
      visitorId: "v_abc",
      events: [
        {
          orderId: "woocommerce:727",
          at: Date.UTC(2026, 4, 1, 10),
          revenue: euros(2000),
          shipping: euros(500),
          coupon: "spring",
          lines: [{ item: { id: "93", sku: "TEA-1", group: "93" }, quantity: 2, price: euros(1000) }],
        },
      ],
    });
  });

  test("returns take the items' share of what was given back; all of it comes back whole; cancelled is cancelled", () => {
    const partly = readWooCommerce("order.updated", { ...WOO, refunds: [{ id: 5, total: "-11.90" }] });
    expect(partly).toMatchObject({ events: [{}, { type: "order_refunded", amount: euros(800), lines: [] }] });
    const whole = readWooCommerce("order.updated", {
      ...WOO,
      status: "refunded",
      refunds: [{ id: 5, total: "-29.75" }],
    });
    expect("events" in whole && whole.events.map((event) => [event.type, "amount" in event])).toEqual([
      ["order_completed", false],
      ["order_refunded", false],
    ]);
    expect(readWooCommerce("order.updated", { ...WOO, status: "cancelled" })).toMatchObject({
      events: [{ type: "order_cancelled" }],
    });
  });

  test.each([
    ["order.created", { ...WOO, status: "pending" }],
    ["order.created", { ...WOO, customer_id: 0, meta_data: [] }],
    ["order.deleted", { id: 727 }],
    ["product.updated", WOO],
  ])("%s that is not for us is told why", (topic, body) => {
    expect(readWooCommerce(topic, body)).toEqual({ ignored: expect.any(String) });
  });
});

describe.skipIf(sharedPath("vectors/hostile/bodies.json") === undefined)("hostile webhooks", () => {
  const { bodies } = JSON.parse(readShared("vectors/hostile/bodies.json") ?? '{"bodies":[]}') as {
    bodies: { raw: string }[];
  };

  test("nothing throws, whatever stands where", () => {
    const odd: unknown[] = [null, "x", -1, [], [null], {}, { id: {} }, "9".repeat(400), Number.NaN];
    for (const { raw } of bodies) {
      try {
        odd.push(JSON.parse(raw));
      } catch {
        // No JSON: the door has turned it away before.
      }
    }
    for (const value of odd) {
      for (const name of Object.keys(SHOPIFY)) readShopify("orders/updated", { ...SHOPIFY, [name]: value });
      for (const name of Object.keys(WOO)) readWooCommerce("order.updated", { ...WOO, [name]: value });
      expect(readShopify("orders/create", value)).toHaveProperty("ignored");
      expect(readWooCommerce("order.created", value)).toHaveProperty("ignored");
    }
  });
});

describe("signatures", () => {
  // RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
  const SIGNATURE = "W9zBRr9gdU5qBCQIlcQHWgif/lQHJkgRkoAISZnsOEM=";
  const BODY = "what do ya want for nothing?";
  const hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  const signature = btoa(String.fromCharCode(...hex.match(/../g)!.map((byte) => parseInt(byte, 16))));

  test("RFC 4231's example holds, in whatever place its secret stands", async () => {
    expect(await isSigned(BODY, signature, ["other", "Jefe"])).toBe(true);
  });

  test("anything else does not: another body, another secret, no secret, no signature, another form", async () => {
    expect(await isSigned(`${BODY} `, signature, ["Jefe"])).toBe(false);
    expect(await isSigned(BODY, signature, ["jefe"])).toBe(false);
    expect(await isSigned(BODY, signature, [])).toBe(false);
    expect(await isSigned(BODY, signature, [""])).toBe(false);
    expect(await isSigned(BODY, SIGNATURE, ["Jefe"])).toBe(false);
    for (const wrong of [undefined, "", hex, `${signature}=`, signature.slice(0, -2), "é".repeat(44)])
      expect(await isSigned(BODY, wrong, ["Jefe"])).toBe(false);
  });
});
