import { describe, expect, test } from "vitest";
import { happened, Shop } from "./shop.ts";

const viewed = () => happened("product_viewed", { item: "kettle" });
const bought = (orderId: string) =>
  happened("order_completed", { orderId, lines: [{ item: "kettle", quantity: 1 }] });
const SHOPS_OWN = { source: "server", isTrusted: true };

const factsOf = (person: ReturnType<Shop["person"]>) =>
  person.log.flatMap(({ facts }) => facts.map(({ kind, trust, network }) => ({ kind, trust, network })));

describe("what the model is told of an act's origin", () => {
  test("of a page: that it is one, and its network's label", () => {
    const visitor = new Shop().person("visitor");
    visitor.tell([viewed()], { network: 77 });
    visitor.tell([viewed()]);
    expect(factsOf(visitor)).toEqual([
      { kind: "view", trust: "page", network: 77 },
      { kind: "view", trust: "page", network: undefined },
    ]);
  });

  test("of the shop's own systems: nothing, whatever network they are in", () => {
    const visitor = new Shop().person("visitor");
    visitor.tell([viewed()], { ...SHOPS_OWN, network: 77 });
    expect(visitor.log[0]!.facts).toEqual([
      { session: expect.any(Number), at: expect.any(Number), kind: "view", items: ["kettle"] },
    ]);
  });

  test("of a known customer's page: that they are somebody", () => {
    const person = new Shop().person("customer");
    person.tell([viewed()]);
    person.customer!.customerId = "c-1";
    person.tell([viewed()], { network: 77 });
    expect(factsOf(person).at(-1)).toEqual({ kind: "view", trust: "person", network: 77 });
  });

  test("of a visitor: nobody in particular until the shop tells of their purchase", () => {
    const visitor = new Shop().person("visitor");
    visitor.tell([bought("o-1"), viewed()]);
    visitor.tell([viewed()]);
    visitor.tell([bought("o-2")], SHOPS_OWN);
    visitor.tell([viewed()]);
    const views = factsOf(visitor).filter(({ kind }) => kind === "view");
    expect(views.map(({ trust }) => trust)).toEqual(["page", "page", "person"]);
  });

  test("of a purchase: whether the shop told of it", () => {
    const visitor = new Shop().person("visitor");
    visitor.tell([bought("o-1")], { network: 77 });
    visitor.tell([bought("o-2")], SHOPS_OWN);
    const purchases = factsOf(visitor).filter(({ kind }) => kind === "buy");
    expect(purchases.map(({ trust }) => trust)).toEqual(["page", undefined]);
  });
});
