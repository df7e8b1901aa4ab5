import { describe, expect, test } from "vitest";
import { momentOf } from "../../../src/core/import/moment.ts";
import { orderMoment } from "../../../src/core/import/order-moment.ts";
import { booleanOf, numberOf } from "../../../src/core/import/row-reader.ts";
import { eventsOf, jsonLines, read } from "./reading.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });
const AT = "2026-05-01T10:00:00Z";
const MAY = Date.parse(AT);

describe("orders", () => {
  test("one row per line becomes one order, wherever its rows lie, with the shop's own columns", () => {
    const csv = [
      "Invoice;Kunde;Datum;Artikel;Menge;Preis;Filiale",
      "R1;K1;01.05.2026 12:00;tea;2;5,00;Laden",
      "R2;K2;01.05.2026 12:30;cup;1;9,00;Netz",
      "R1;K1;01.05.2026 12:00;cup;1;9,00;Laden",
    ].join("\n");
    const found = read("orders", csv, {
      mapping: {
        orderId: "Invoice",
        customerId: "Kunde",
        at: "Datum",
        item: "Artikel",
        quantity: "Menge",
        price: "Preis",
        channel: { column: "Filiale", values: { Laden: "store", Netz: "web" } },
      },
      dateFormat: "dd/mm/yyyy",
      offset: "+02:00",
      currency: "EUR",
    });
    expect(found.file.report()).toMatchObject({
      counts: { rows: 3, valid: 3, invalid: 0, entries: 2, events: 2, persons: 2 },
      errors: [],
      columns: { unused: [] },
      withheldIfCommitted: { analytics: 2, personalization: 2 },
    });
    expect(found.entries.map(({ person, line }) => [person, line])).toEqual([
      [{ customerId: "K1" }, 2],
      [{ customerId: "K2" }, 3],
    ]);
    expect(eventsOf(found)[0]).toMatchObject({
      type: "order_completed",
      orderId: "R1",
      channel: "store",
      at: MAY,
      lines: [
        { item: "tea", quantity: 2, price: euros(500) },
        { item: "cup", quantity: 1, price: euros(900) },
      ],
    });
  });

  test("lines as JSON, amounts in major units, a named basis", () => {
    const found = read(
      "orders",
      jsonLines({
        orderId: 7,
        customerId: "K",
        at: AT,
        currency: "EUR",
        total: 12.5,
        shipping: "2.50",
        lines: [{ item: "tea" }],
      }),
    );
    expect(eventsOf(found)).toMatchObject([
      { orderId: "7", total: euros(1250), shipping: euros(250), lines: [{ item: "tea", quantity: 1 }] },
    ]);
  });

  test("returns: a returned row was sold and came back, a negative one only came back, a whole order comes back whole", () => {
    const head = "orderId,customerId,at,item,quantity,price,status,currency\n";
    const types = (rows: string) =>
      eventsOf(read("orders", head + rows)).map((event) => [
        event.type,
        "lines" in event ? event.lines?.map((line) => line.item) : undefined,
        "amount" in event ? event.amount?.minor : undefined,
      ]);
    expect(types(`A,K,${AT},tea,1,5,paid,EUR\nA,K,${AT},cup,2,9,returned,EUR`)).toEqual([
      ["order_completed", ["tea", "cup"], undefined],
      ["order_refunded", ["cup"], 1800],
    ]);
    expect(types(`A,K,${AT},tea,1,5,,EUR\nA,K,${AT},cup,-1,9,,EUR`)).toEqual([
      ["order_completed", ["tea"], undefined],
      ["order_refunded", ["cup"], 900],
    ]);
    expect(types(`A,K,${AT},tea,1,5,refunded,EUR\nA,K,${AT},cup,2,9,refunded,EUR`)).toEqual([
      ["order_completed", ["tea", "cup"], undefined],
      ["order_refunded", undefined, undefined],
    ]);
    expect(types(`A,K,${AT},tea,1,5,cancelled,EUR`).map(([type]) => type)).toEqual([
      "order_completed",
      "order_cancelled",
    ]);
    expect(types(`A,K,${AT},tea,1,5,pending,EUR`)).toEqual([]);
  });

  test("a negative total is a return of that amount", () => {
    const [event, ...rest] = eventsOf(
      read("orders", `orderId,customerId,at,total,currency\nA,K,${AT},-5.00,EUR`),
    );
    expect(event).toMatchObject({ type: "order_refunded", amount: euros(500) });
    expect(rest).toEqual([]);
  });

  test("an order one of whose rows is wrong is left out whole, and told by that row", () => {
    const found = read(
      "orders",
      `orderId,customerId,at,item,quantity,price,currency\nA,K,${AT},tea,1,5,EUR\nA,K,${AT},cup,1,"1,299",EUR\nB,K,${AT},tea,1,5,EUR`,
    );
    expect(found.entries).toHaveLength(1);
    const { counts, errors } = found.file.report();
    expect(counts).toMatchObject({ rows: 3, valid: 1, invalid: 2 });
    expect(errors).toEqual([
      expect.objectContaining({
        line: 3,
        code: "import_row_invalid",
        pointer: "/price",
        shape: "string of 5 characters",
      }),
    ]);
    expect(JSON.stringify(errors)).not.toContain('1,299"');
  });

  test("rows of one order that name different people are wrong", () => {
    const found = read("orders", `orderId,customerId,at,item\nA,K1,${AT},tea\nA,K2,${AT},cup`);
    expect(found.file.report().errors).toMatchObject([{ line: 3, pointer: "/customerId" }]);
  });

  test("the same order is the same event in every file, and a changed one is another that comes later", () => {
    const row = (fields: object) =>
      jsonLines({ orderId: "A", customerId: "K", at: AT, currency: "EUR", total: 10, ...fields });
    const [first] = eventsOf(read("orders", row({}), {}, "one"));
    const [again] = eventsOf(read("orders", row({ updatedAt: "2026-05-09T10:00:00Z" }), {}, "two"));
    const [changed] = eventsOf(
      read("orders", row({ total: 8, updatedAt: "2026-05-09T10:00:00Z" }), {}, "three"),
    );
    expect([again!.id, again!.digest]).toEqual([first!.id, first!.digest]);
    expect(changed!.id).not.toBe(first!.id);
    expect(changed!.at).toBeGreaterThan(first!.at);
    expect(changed!.at - first!.at).toBeLessThan(1000);
  });

  test("a refund that is told again under another moment stays one refund; two by id are two", () => {
    const row = (fields: object) =>
      jsonLines({
        orderId: "A",
        customerId: "K",
        at: AT,
        currency: "EUR",
        total: 10,
        refundAmount: 2,
        ...fields,
      });
    const id = (fields: object) => eventsOf(read("orders", row(fields)))[1]!.id;
    expect(id({ updatedAt: "2026-05-09T10:00:00Z" })).toBe(id({ updatedAt: "2026-05-19T10:00:00Z" }));
    expect(id({ refundId: "r1" })).not.toBe(id({ refundId: "r2" }));
  });
});

describe("what people said", () => {
  test("surveys are typed: NPS, ratings, choices, reasons for buying, text", () => {
    const rows = [
      { kind: "nps", score: 9, question: "Recommend?" },
      { kind: "rating", score: "4,5", max: 5, question: "Fit?" },
      { kind: "reason_for_buying", choice: "gift", question: "Why?" },
      { kind: "text", answer: "=cmd|' /C calc'!A0", question: "Else?" },
    ];
    const found = read(
      "surveys",
      jsonLines(...rows.map((row) => ({ customerId: "K", at: AT, survey: "2026", ...row }))),
    );
    expect(eventsOf(found)).toMatchObject([
      { kind: "nps", score: 9, max: 10 },
      { kind: "rating", score: 4.5, max: 5 },
      { kind: "reason_for_buying", choice: "gift" },
      { kind: "text", answer: "=cmd|' /C calc'!A0" },
    ]);
    const wrong = [
      { kind: "nps", score: 11, question: "q" },
      { kind: "nps", score: 7.5, question: "q" },
      { kind: "rating", score: 3, question: "q" },
      { kind: "rating", score: 6, max: 5, question: "q" },
      { kind: "choice", question: "q" },
      { kind: "guess", question: "q" },
      { kind: "nps", score: 5 },
    ];
    const bad = read("surveys", jsonLines(...wrong.map((row) => ({ customerId: "K", at: AT, ...row }))));
    expect(bad.entries).toEqual([]);
    expect(bad.file.report().errors.map(({ pointer }) => pointer)).toEqual([
      "/score",
      "/score",
      "/max",
      "/score",
      "/choice",
      "/kind",
      "/question",
    ]);
  });

  test("reviews end at five, whatever the shop's scale", () => {
    const found = read("reviews", `customerId,at,sku,rating,max,title\nK,${AT},S1,8,10,Good`);
    expect(eventsOf(found)).toMatchObject([{ type: "review_given", item: "S1", rating: 4, title: "Good" }]);
    expect(read("reviews", `customerId,at,item,rating\nK,${AT},A,6`).file.report().errors).toMatchObject([
      { pointer: "/rating" },
    ]);
  });

  test("notes keep facts and intent apart from free text", () => {
    const csv = `customerId,at,author,visibility,expiresAt,intent,facts.shoeSize,text\nK,${AT},ann,Store,2026-12-01T00:00:00Z,gift,42,likes blue\nK,${AT},,,,,,`;
    const found = read("notes", csv, {
      mapping: { "facts.size": { column: "facts.shoeSize", type: "number" } },
    });
    expect(eventsOf(found)).toMatchObject([
      {
        type: "note_added",
        author: "ann",
        visibility: "store",
        expiresAt: Date.parse("2026-12-01T00:00:00Z"),
        intent: "gift",
        facts: { size: 42 },
        text: "likes blue",
      },
    ]);
    expect(found.file.report()).toMatchObject({
      errors: [{ line: 3 }],
      withheldIfCommitted: { clienteling: 1 },
    });
  });

  test("customers bring only the traits that are asked for; the rest is listed as unused", () => {
    const found = read("customers", "nr,plan,kids,email\nK,gold,2,jane@example.com", {
      mapping: {
        customerId: "nr",
        "traits.plan": "plan",
        "traits.children": { column: "kids", type: "number" },
      },
    });
    expect(eventsOf(found)).toMatchObject([
      { type: "traits_updated", traits: { plan: "gold", children: 2 } },
    ]);
    expect(found.file.report().columns).toMatchObject({ mapped: ["nr", "plan", "kids"], unused: ["email"] });
    expect(JSON.stringify(found.file.report())).not.toContain("jane");
  });

  test("events in our own words, in both formats; consent and exposures have doors of their own", () => {
    const line = {
      customerId: "K",
      id: "e-1",
      type: "product_viewed",
      at: AT,
      item: { sku: "S" },
      price: euros(5),
    };
    expect(eventsOf(read("events", jsonLines(line)))).toMatchObject([
      { id: "e-1", type: "product_viewed", price: euros(5) },
    ]);
    const csv = `customerId,type,at,item,quantity,price,currency,page.type\nK,product_added,${AT},tea,2,"5,00",EUR,product`;
    expect(eventsOf(read("events", csv))).toMatchObject([
      { type: "product_added", item: "tea", quantity: 2, price: euros(500), page: { type: "product" } },
    ]);
    const refused = read(
      "events",
      jsonLines(
        { customerId: "K", type: "consent_updated", at: AT, consent: { marketing: true } },
        { customerId: "K", type: "slot_seen", at: AT, token: "x" },
      ),
    );
    expect(refused.entries).toEqual([]);
  });
});

describe("cells", () => {
  test.each([
    ["2026-05-01", "iso-date", "Z", Date.UTC(2026, 4, 1)],
    ["2026-05-01 08:30", "iso-date", "+02:00", Date.UTC(2026, 4, 1, 6, 30)],
    ["2026-02-30", "iso-date", "Z", undefined],
    ["2026-05-01", "rfc3339", "Z", undefined],
    ["03/04/2026", "dd/mm/yyyy", "Z", Date.UTC(2026, 3, 3)],
    ["03/04/2026", "mm/dd/yyyy", "Z", Date.UTC(2026, 2, 4)],
    ["12/1/2010 8:26", "mm/dd/yyyy", "Z", Date.UTC(2010, 11, 1, 8, 26)],
    ["31/12/2026", "mm/dd/yyyy", "Z", undefined],
    ["1777629600", "epoch-s", "Z", 1_777_629_600_000],
    ["1777629600000", "epoch-ms", "Z", 1_777_629_600_000],
    ["1777629600000", "rfc3339", "Z", undefined],
    [AT, "epoch-s", "Z", MAY],
    ["today", "iso-date", "Z", undefined],
  ] as const)("the moment %s as %s", (text, format, offset, expected) => {
    expect(momentOf(text, format, offset)).toBe(expected);
  });

  test("numbers and marks that could mean two things are not guessed", () => {
    expect(["4,5", "4.5", "7", "-2", "1,299", "x", ""].map(numberOf)).toEqual([
      4.5,
      4.5,
      7,
      -2,
      undefined,
      undefined,
      undefined,
    ]);
    expect(["Yes", "0", "x", "", "ON", true].map(booleanOf)).toEqual([
      true,
      false,
      undefined,
      undefined,
      true,
      true,
    ]);
  });

  test("an order's moment keeps its day and grows with its versions", () => {
    const day = 1_000_000_000_000;
    expect(orderMoment(day, day + 60_000)).toBe(day + 415);
    expect(orderMoment(day, undefined)).toBe(day);
    expect(orderMoment(day, day - 5)).toBe(day);
    let last = day;
    for (const days of [1, 2, 5, 30, 300, 3000, 30_000]) {
      const at = orderMoment(day, day + days * 86_400_000);
      expect(at).toBeGreaterThanOrEqual(last);
      expect(at).toBeLessThan(day + 1000);
      last = at;
    }
  });
});
