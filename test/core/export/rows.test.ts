import { describe, expect, test } from "vitest";
import { ShopEvent } from "../../../src/core/event/event.ts";
import { cellOf, type Row } from "../../../src/core/export/column.ts";
import { eventPart } from "../../../src/core/export/event-part.ts";
import { EXPORT_KINDS, EXPORT_TABLES, type ExportKind } from "../../../src/core/export/rows.ts";
import type { Exported, Span } from "../../../src/core/export/subject.ts";
import { DAY, happened, NOW, Shop } from "../customer/shop.ts";
import { ALWAYS, busy, but, claim, euros, exported, SHOP_SAYS } from "./person.ts";

const rows = (kind: ExportKind, input: Exported, span: Span = ALWAYS, now = NOW): readonly Row[] =>
  EXPORT_TABLES[kind].rowsOf(input, span, now);
const ids = (input: Exported, span?: Span) => rows("events", input, span).map((row) => row["eventId"]);

const PURCHASES = {
  currency: "EUR",
  firstDay: 20_000,
  lastDay: 20_010,
  repeats: 1,
  firstMinor: 5_000,
  repeatMinor: 2_500,
  orders: 2,
  refundedMinor: 1_000,
  costedMinor: 0,
  marginMinor: 0,
  inStoreMinor: 0,
  leftOut: 0,
};
const WORTH = { modelVersion: 3, horizonDays: 365, expectedOrders: 1.5, valueMinor: 1234.6, rfm: "543" };

describe("who", () => {
  test("is the shop's id, or the pseudonym it was given", () => {
    const person = busy();
    expect(rows("decisions", exported(person))[0]).toMatchObject({ customer: "v_pseudonym", isKnown: false });
    expect(rows("decisions", but(person, { customerId: "c-7" }))[0]).toMatchObject({
      customer: "c-7",
      isKnown: true,
    });
  });

  test("is being erased or has become somebody else: no row in any table", () => {
    const person = busy();
    const gone = [
      but(person, { erasing: { receipt: "r", at: NOW } }, { purchases: PURCHASES }),
      but(person, { mark: { into: "x", at: NOW, handed: 9 } }, { purchases: PURCHASES }),
    ];
    for (const input of gone) for (const kind of EXPORT_KINDS) expect(rows(kind, input), kind).toEqual([]);
  });
});

describe("events", () => {
  test("every logged event is a row, in typed columns", () => {
    const person = busy();
    expect(ids(exported(person))).toEqual([
      "page",
      "view",
      "seen",
      "click",
      "review",
      "survey",
      "traits",
      "order",
      "refund",
    ]);
    expect(rows("events", exported(person))[1]).toMatchObject({
      type: "product_viewed",
      happenedAt: NOW - 90,
      receivedAt: NOW,
      sender: "snippet",
      isTrusted: false,
      item: "a",
      priceMinor: 1999,
      currency: "EUR",
    });
  });

  test("no free text, and no value of a trait, leaves in any table", () => {
    const text = EXPORT_KINDS.map((kind) => JSON.stringify(rows(kind, exported(busy())))).join();
    expect(text).toContain('"traits":["email","size"]');
    expect(text).toContain('"score":9');
    expect(text).not.toContain("SECRET");
  });

  test("without analytics only what the shop's system told of orders is left", () => {
    const person = busy();
    expect(ids(but(person, { consent: {} }))).toEqual(["order", "refund"]);
    expect(rows("decisions", but(person, { consent: {} }))).toEqual([]);
    expect(rows("outcomes", but(person, { consent: {} })).map((row) => row["kind"])).toEqual(["order"]);
  });

  test("a grant that has run out is no grant", () => {
    expect(rows("events", exported(busy()), ALWAYS, NOW + 701 * DAY).map((row) => row["type"])).toEqual([
      "order_completed",
      "order_refunded",
    ]);
  });

  test("what was taken in for personalization alone is not told", () => {
    const person = new Shop().person("p");
    const events = [happened("product_viewed", { id: "then", item: "a" })];
    person.tell(events, { consent: { personalization: true } });
    person.tell([happened("product_viewed", { id: "now", item: "a" })], { consent: { analytics: true } });
    expect(ids(exported(person))).toEqual(["now"]);
  });

  test("notes need clienteling, are for the whole company, and tell only what was intended", () => {
    const note = (id: string, visibility: string) =>
      happened("note_added", {
        id,
        visibility,
        author: "SECRET author",
        text: "SECRET text",
        intent: "gift",
        facts: { secret: "SECRET" },
      });
    const person = new Shop().person("p");
    const consent = { analytics: true, clienteling: true };
    person.tell([note("mine", "author"), note("all", "company")], { ...SHOP_SAYS, consent });
    expect(rows("events", exported(person)).map((row) => [row["eventId"], row["details"]])).toEqual([
      ["all", { intent: "gift" }],
    ]);
    const { clienteling: _gone, ...rest } = person.customer!.consent;
    expect(ids(but(person, { consent: rest }))).toEqual([]);
  });

  test("the span is closed at its start and open at its end", () => {
    expect(ids(exported(busy()), { from: NOW - 90, until: NOW - 70 })).toEqual(["view", "seen"]);
  });

  test("a sum that no whole number holds is left empty, and the row stays", () => {
    const person = new Shop().person("p");
    const lines = [{ item: "a", quantity: 100_000, price: euros(Number.MAX_SAFE_INTEGER) }];
    person.tell([happened("order_completed", { orderId: "o", lines })], SHOP_SAYS);
    expect(rows("events", exported(person))[0]).toMatchObject({ orderId: "o", revenueMinor: undefined });
    expect(rows("outcomes", exported(person))[0]).toMatchObject({ orderId: "o", revenueMinor: undefined });
  });

  test("every kind of event has been thought about", () => {
    const kinds = ShopEvent.options.map((option) => option.entries.type.literal);
    const full = { claim: claim(), lines: [], traits: {}, consent: {}, facts: {}, item: "a", orderId: "o" };
    const unnamed = kinds.filter((kind) => !eventPart(happened(kind, full), () => false, new Set()));
    // A new kind of event comes up here: name it in `eventPart`, or in this list if it must never be exported.
    // What somebody told of their life stays with them.
    expect(unnamed).toEqual(["life_event_told"]);
  });
});

describe("what a customer hides", () => {
  const hidden = new Set(["item:b", "trait:size"]);

  test("is in no column of any table", () => {
    const input = but(busy(), { hidden });
    expect(ids(input)).not.toContain("click");
    expect(rows("events", input).find((row) => row["eventId"] === "order")).toMatchObject({
      revenueMinor: 5000,
      lines: [{ item: "a", quantity: 2 }],
    });
    expect(rows("events", input).find((row) => row["eventId"] === "traits")?.["details"]).toEqual({
      traits: ["email"],
    });
    expect(rows("decisions", input)[0]).toMatchObject({
      picks: [{ item: "a", propensity: 0.5 }],
      seenItems: ["a"],
    });
    expect(rows("outcomes", input).map((row) => [row["kind"], row["lines"]])).toEqual([
      ["order", [{ item: "a", quantity: 2 }]],
    ]);
  });

  test("keeps addresses back, which could name it", () => {
    const page = (input: Exported) => rows("events", input).find((row) => row["eventId"] === "page");
    expect(page(exported(busy()))).toMatchObject({ pageType: "home", pageUrl: "https://shop.example/" });
    expect(page(but(busy(), { hidden }))).toMatchObject({ pageType: "home" });
    expect(page(but(busy(), { hidden }))?.["pageUrl"]).toBeUndefined();
  });
});

test("decisions hold picks with propensities, what shaped them, and the arm of the holdout", () => {
  expect(rows("decisions", exported(busy()))).toEqual([
    {
      customer: "v_pseudonym",
      isKnown: false,
      decisionId: "d1",
      slot: "home",
      seenAt: NOW - 80,
      revision: 7,
      picks: [
        { item: "a", propensity: 0.5 },
        { item: "b", propensity: 0.25 },
      ],
      seenItems: ["a", "b"],
      assignments: [
        { experiment: "holdout", variation: "personalized" },
        { experiment: "bandit", variation: "bold", share: 0.7, leaf: "phone" },
      ],
      arm: "personalized",
    },
  ]);
});

describe("outcomes", () => {
  test("hold orders as they stand, and clicks", () => {
    const [order, click] = rows("outcomes", exported(busy()));
    expect(order).toMatchObject({
      kind: "order",
      happenedAt: NOW - 40,
      orderId: "o1",
      isTrusted: true,
      isOwned: true,
      isCounted: true,
      revenueMinor: 5000,
      refundedMinor: 1000,
      units: 2,
      keptLines: [{ item: "a", quantity: 2 }],
    });
    expect(click).toMatchObject({
      kind: "click",
      happenedAt: NOW - 70,
      decisionId: "d1",
      slot: "home",
      item: "b",
    });
  });

  test("revenue over owned orders is the shop's, whoever told the order too", () => {
    const shop = new Shop();
    const [visitor, known] = [shop.person("v"), shop.person("c")];
    const order = happened("order_completed", {
      orderId: "o",
      revenue: euros(700),
      lines: [{ item: "a", quantity: 1 }],
    });
    visitor.tell([order]);
    known.tell([order], SHOP_SAYS);
    const all = [visitor, known].flatMap((person) => rows("outcomes", exported(person)));
    const sum = (flag: "isOwned" | "isCounted") =>
      all.filter((row) => row[flag] === true).map((row) => row["revenueMinor"]);
    expect(sum("isOwned")).toEqual([700]);
    expect(sum("isCounted")).toEqual([700]);
    expect(all.map((row) => [row["isOwned"], row["isCounted"]])).toEqual([
      [false, true],
      [true, false],
    ]);
  });
});

describe("customers", () => {
  test("one row with purchases, worth, segments and consent", () => {
    const person = busy();
    const attention = { ...person.customer!.attention, segments: [["loyal", NOW]] as [string, number][] };
    const [row] = rows("customers", but(person, { attention }, { purchases: PURCHASES, worth: WORTH }));
    expect(row).toMatchObject({
      orders: 2,
      firstOrderAt: 20_000 * DAY,
      revenueMinor: 7_500,
      marginMinor: undefined,
      segments: ["loyal"],
      source: "search",
      arm: "personalized",
      rfm: "543",
      expectedOrders: 1.5,
      valueMinor: 1235,
      modelVersion: 3,
      permitsAnalytics: true,
      permitsMarketing: false,
    });
  });

  test("without analytics nothing but purchases and consent; without either no row", () => {
    const person = busy();
    const [row] = rows("customers", but(person, { consent: {} }, { purchases: PURCHASES, worth: WORTH }));
    expect(row).toMatchObject({ orders: 2, revenueMinor: 7_500, permitsAnalytics: false });
    for (const name of ["segments", "source", "visits", "rfm", "valueMinor", "lastActAt", "arm"])
      expect(row?.[name], name).toBeUndefined();
    expect(rows("customers", but(person, { consent: {} }))).toEqual([]);
  });

  test("only those of whom something was taken in within the span", () => {
    const input = exported(busy());
    expect(rows("customers", input, { from: NOW, until: NOW + 1 })).toHaveLength(1);
    expect(rows("customers", input, { from: NOW + 1, until: NOW + 2 })).toHaveLength(0);
  });
});

test("every row fits its columns", () => {
  const input = exported(busy(), { purchases: PURCHASES, worth: WORTH });
  for (const kind of EXPORT_KINDS) {
    const { columns } = EXPORT_TABLES[kind];
    const found = rows(kind, input);
    expect(found.length, kind).toBeGreaterThan(0);
    for (const row of found) {
      expect(Object.keys(row).filter((name) => columns[name] === undefined)).toEqual([]);
      for (const [name, column] of Object.entries(columns))
        expect(() => cellOf(row, name, column)).not.toThrow();
    }
  }
});
