import { describe, expect, test } from "vitest";
import type { Purpose } from "../../../../src/core/consent/consent.ts";
import { compileSegments } from "../../../../src/core/segment/membership/compile-segments.ts";
import { membershipsNow, membershipsOf } from "../../../../src/core/segment/membership/memberships-of.ts";

const compiled = compileSegments({
  joined: { when: { $and: [{ $segment: "loyal" }, { $segment: "in-cart" }] } },
  loyal: { when: { $and: [{ $segment: "buyers" }, { $not: { $segment: "lapsed" } }] } },
  buyers: { when: { "signals.orders": { $gte: 1 } } },
  lapsed: { when: { "signals.daysSinceOrder": { $gt: 90 } }, purpose: "marketing" },
  "in-cart": { when: { "cart.total": { $gt: 50 } } },
  oddly: { when: { segments: { $in: ["buyers"] } } },
});
const none: ReadonlySet<Purpose> = new Set();
const marketing: ReadonlySet<Purpose> = new Set(["marketing"]);

describe("segments of segments", () => {
  test("each stands after those it asks about, the person's apart from the request's", () => {
    const ids = (segments: readonly { id: string }[]) => segments.map(({ id }) => id);
    expect(ids(compiled.personal)).toEqual(["buyers", "lapsed", "loyal", "oddly"]);
    expect(ids(compiled.request)).toEqual(["in-cart", "joined"]);
  });

  test("only those that time can change have clocks", () => {
    const timed = compiled.personal.filter(({ clocks }) => clocks.length > 0).map(({ id }) => id);
    expect(timed).toEqual(["lapsed", "loyal"]);
    expect([...compiled.ages]).toEqual([["signals.daysSinceOrder", [90]]]);
    expect([...compiled.byClock.keys()]).toEqual(["signals.daysSinceOrder"]);
  });

  test("membership, sorted, of the person alone", () => {
    const signals = { orders: 2, daysSinceOrder: 100 };
    expect(membershipsOf(compiled, { signals, cart: { total: 60 } }, marketing)).toEqual([
      "buyers",
      "lapsed",
    ]);
    // Without the grant nobody is in it, and whoever is not in it passes for that.
    expect(membershipsOf(compiled, { signals }, none)).toEqual(["buyers", "loyal"]);
  });

  test("at a request: all of them, or the rest where the person's are known", () => {
    const asked = { signals: { orders: 2, daysSinceOrder: 1 }, cart: { total: 60 } };
    expect(membershipsNow(compiled, asked, marketing)).toEqual(["buyers", "in-cart", "joined", "loyal"]);
    expect(membershipsNow(compiled, { cart: { total: 60 } }, none, ["loyal"])).toEqual([
      "in-cart",
      "joined",
      "loyal",
    ]);
  });

  test("a segment finds no segments by the name that rules use", () => {
    const asked = { segments: ["buyers"], signals: { orders: 2 } };
    expect(membershipsOf(compiled, asked, none)).not.toContain("oddly");
  });

  test("attributes are made when a condition reads them, and once", () => {
    let made = 0;
    const lazy = {
      get signals() {
        made++;
        return { orders: 1 };
      },
      get place(): never {
        throw new Error("nobody asks");
      },
    };
    expect(membershipsOf(compiled, lazy, none)).toEqual(["buyers", "loyal"]);
    expect(made).toBe(1);
  });

  test("a purpose that is missing keeps even a request's segment shut", () => {
    const one = compileSegments({ a: { when: { "page.type": "home" }, purpose: "marketing" } });
    const asked = { page: { type: "home" } };
    expect([membershipsNow(one, asked, none), membershipsNow(one, asked, marketing)]).toEqual([[], ["a"]]);
  });
});
