import { describe, expect, test } from "vitest";
import { tellings } from "../../../src/core/import/told.ts";
import { eventsOf, jsonLines, NOW, read } from "./reading.ts";

const AT = "2026-10-01T10:00:00Z";
const card = { basis: "consent", source: "loyalty card", policyVersion: "3" };
const contract = { basis: "contract", source: "terms", policyVersion: "7" };
const rowOf = (fields: object = {}) => jsonLines({ orderId: "A", customerId: "K", at: AT, ...fields });
const declared = (text: string, options: object = {}) =>
  read("orders", text, options).entries[0]?.declarations;

describe("the basis of a row", () => {
  test("none: the order is a transaction alone, and the report says what that withholds", () => {
    const found = read("orders", rowOf());
    expect(found.entries[0]!.declarations).toEqual([]);
    expect(found.file.report().withheldIfCommitted).toEqual({ analytics: 1, personalization: 1 });
    expect(tellings([], eventsOf(found))).toMatchObject([{ consent: {}, source: "import", consents: 0 }]);
  });

  test("the run's, purpose by purpose; each source tells its own", () => {
    const found = read("orders", rowOf(), {
      basis: { analytics: card, personalization: card, transaction: contract },
    });
    const { declarations } = found.entries[0]!;
    expect(declarations).toEqual([
      { ...contract, consent: { transaction: true } },
      { ...card, consent: { analytics: true, personalization: true } },
    ]);
    expect(found.file.report().withheldIfCommitted).toEqual({});
    expect(
      tellings(declarations, eventsOf(found)).map(({ source, basis, events }) => [
        source,
        basis,
        events.length,
      ]),
    ).toEqual([
      ["import: terms", "contract", 0],
      ["import: loyalty card", "consent", 1],
    ]);
  });

  test("the row's own wins over the run's, and its yes and no over both", () => {
    const own = { ...card, source: "till" };
    expect(declared(rowOf({ basis: { marketing: own } }), { basis: { marketing: card } })).toEqual([
      { ...own, consent: { marketing: true } },
    ]);
    const csv = (answer: string) => `orderId,customerId,at,ok\nA,K,${AT},${answer}`;
    const options = { mapping: { "consent.marketing": "ok" }, basis: { marketing: card } };
    expect(declared(csv("yes"), options)).toEqual([{ ...card, consent: { marketing: true } }]);
    expect(declared(csv("no"), options)).toEqual([{ ...card, consent: { marketing: false } }]);
    expect(declared(csv(""), options)).toEqual([]);
    expect(read("orders", csv("perhaps"), options).file.report().errors).toMatchObject([
      { pointer: "/consent/marketing" },
    ]);
  });

  test("a yes without a basis is refused, a no needs none", () => {
    const found = read(
      "customers",
      jsonLines(
        { customerId: "K", consent: { marketing: true } },
        { customerId: "L", consent: { marketing: false } },
      ),
    );
    expect(found.file.report().errors).toMatchObject([{ line: 1, pointer: "/consent/marketing" }]);
    expect(found.entries[0]!.declarations).toMatchObject([
      { basis: "consent", consent: { marketing: false } },
    ]);
  });

  test("a dated yes is an event of its moment, so that a newer no stands; one older than grants last is none", () => {
    const at = Date.parse(AT);
    const [dated] = declared(rowOf(), { basis: { analytics: { ...card, at } } })!;
    expect(tellings([dated!], [])).toMatchObject([
      {
        consent: {},
        consents: 1,
        events: [{ type: "consent_updated", at, consent: { analytics: true }, policyVersion: "3" }],
      },
    ]);
    expect(declared(rowOf(), { basis: { analytics: { ...card, at: NOW - 181 * 86_400_000 } } })).toEqual([]);
  });

  test("another basis than the customer's word never carries a date that could overrule a no", () => {
    const [told] = declared(rowOf(), { basis: { analytics: { ...contract, at: NOW } } })!;
    expect(told).not.toHaveProperty("at");
  });

  test.each([
    [{ basis: { analytics: { basis: "consent", source: "x" } } }],
    [{ basis: { profit: card } }],
    [{ basis: { analytics: { ...card, basis: "because" } } }],
    [{ mapping: { total: { colum: "x" } } }],
    [{ dateFormat: "dd-mm-yy" }],
    [{ currency: "euro" }],
  ])("options are checked: %j", (options) => {
    expect(() => read("orders", rowOf(), options)).toThrow();
  });
});
