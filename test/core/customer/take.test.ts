import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCustomer, encodeCustomer, newCustomer } from "../../../src/core/customer/customer.ts";
import { creditChanges } from "../../../src/core/customer/experiment-credit.ts";
import { purposesFor } from "../../../src/core/customer/purposes.ts";
import type { ResolvedEvent } from "../../../src/core/event/resolved.ts";
import { revenueOf } from "../../../src/core/order/revenue.ts";
import { viewOf } from "../../../src/core/profile/view.ts";
import { DAY, happened, NOW, Shop } from "./shop.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });
const order = (orderId: string, fields: object = {}): ResolvedEvent =>
  happened("order_completed", {
    orderId,
    revenue: euros(1000),
    lines: [{ item: "a", quantity: 1 }],
    ...fields,
  });
const SHOP = { source: "server", isTrusted: true };

const given = (...events: readonly ResolvedEvent[]) => {
  const shop = new Shop();
  const person = shop.person("p");
  for (const event of events) person.tell([event]);
  return {
    shop,
    person,
    customer: person.customer!,
    profile: person.customer!.profile,
    view: viewOf(person.customer!, NOW)!,
  };
};

describe("cart", () => {
  test("adds, removes and whole carts, the later whole cart winning over earlier acts", () => {
    const { profile } = given(
      happened("product_added", { item: "a", quantity: 2, at: NOW - 5 }),
      happened("product_added", { item: "b", quantity: 1, at: NOW - 4 }),
      happened("product_removed", { item: "a", quantity: 1, at: NOW - 3 }),
    );
    expect([...profile.cart].map(([item, line]) => [item, line.quantity])).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
    const whole = happened("cart_updated", { lines: [{ item: "c", quantity: 3 }], at: NOW });
    const late = happened("product_added", { item: "z", quantity: 1, at: NOW - 1 });
    expect([...given(whole, late).profile.cart.keys()]).toEqual(["c"]);
  });

  test("an order takes its items out of the cart", () => {
    const { profile, view } = given(
      happened("product_added", { item: "a", quantity: 1, at: NOW - 1 }),
      order("o"),
    );
    expect(profile.cart.size).toBe(0);
    expect(view.owned.has("a")).toBe(true);
  });
});

describe("orders", () => {
  test.each([
    [{ revenue: euros(900), total: euros(1200) }, 900],
    [{ total: euros(12_000), shipping: euros(500), tax: euros(2000) }, 9500],
    [{ discount: euros(100) }, 1100],
    [{}, 1200],
    [{ total: euros(100), shipping: euros(500) }, 0],
  ])("%j earned %d", (fields, minor) => {
    const lines = [
      { item: "a", quantity: 2, price: euros(500) },
      { item: "b", quantity: 1, price: euros(200) },
    ];
    expect(revenueOf(happened("order_completed", { orderId: "o", lines, ...fields }) as never).minor).toBe(
      minor,
    );
  });

  test("the thank-you page, the server and an import tell one order: it counts once, with the shop's amounts, for the visitor", () => {
    for (const channels of [
      ["page", "server", "import"],
      ["import", "server", "page"],
      ["server", "page", "import"],
    ]) {
      const shop = new Shop();
      for (const channel of channels) {
        if (channel === "page") shop.person("visitor").tell([order("1", { revenue: euros(1003) })]);
        else
          shop
            .person("known")
            .tell([order("1", { revenue: euros(995) })], { source: channel, isTrusted: true });
      }
      // A page's word teaches as a page's word, and the shop's confirmation once more as the shop's.
      const taught = channels[0] === "page" ? ["page: a", "a"] : ["a"];
      expect([shop.told("daily", "orders"), shop.told("daily", "revenue"), shop.baskets]).toEqual([
        1,
        995,
        taught,
      ]);
      expect(shop.person("visitor").customer!.orders.get("1")!.counted?.minor).toBe(995);
      expect(shop.person("known").customer!.orders.get("1")!.counted).toBeUndefined();
    }
  });

  test("a page that guesses an order id gets nothing: neither the order nor its amount", () => {
    const shop = new Shop();
    shop.person("thief").tell([order("1", { revenue: euros(1), lines: [{ item: "x", quantity: 9 }] })]);
    shop.person("known").tell([order("1")], SHOP);
    expect([shop.told("daily", "orders"), shop.told("daily", "revenue")]).toEqual([1, 1000]);
    expect(shop.person("thief").customer!.orders.get("1")!.counted).toBeUndefined();
    expect(JSON.stringify(shop.person("thief").customer!.orders.get("1"))).not.toContain("1000");
  });

  test("refunds never take back more than was earned, may come before their order, and a page's word undoes nothing of the shop's", () => {
    const lines = [
      { item: "a", quantity: 1 },
      { item: "b", quantity: 1 },
    ];
    const refunds = [
      happened("order_refunded", { orderId: "o", amount: euros(600), lines: [{ item: "a", quantity: 1 }] }),
      happened("order_refunded", { orderId: "o", amount: euros(600) }),
      happened("order_refunded", { orderId: "never", amount: euros(600) }),
    ];
    for (const events of [
      [order("o", { lines }), ...refunds],
      [...refunds, order("o", { lines })],
    ]) {
      const { shop, view } = given(...events);
      expect(shop.told("daily", "refunded")).toBe(1000);
      expect([...view.owned.keys()]).toEqual([]);
    }
    const partly = given(
      order("o", { lines }),
      happened("order_refunded", { orderId: "o", lines: [{ item: "a", quantity: 1 }] }),
    );
    expect([partly.shop.told("daily", "refunded"), [...partly.view.owned.keys()]]).toEqual([500, ["b"]]);
    const shop = new Shop();
    shop.person("p").tell([order("o")], SHOP);
    shop.person("p").tell([happened("order_cancelled", { orderId: "o" })]);
    expect(shop.told("daily", "refunded")).toBe(0);
  });
});

describe("experiments", () => {
  const seen = (at: number, variation = "b", decisionId = "d") =>
    happened("slot_seen", {
      at,
      claim: {
        site: "s",
        subject: "p",
        expiresAt: NOW + DAY,
        decisionId,
        slot: "slot",
        revision: 1,
        picks: [["a", 1]],
        assignments: [["exp", variation, 10 * DAY]],
      },
    });

  test("moments equal a recount over users, in whatever order orders, refunds and the exposure come", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            minor: fc.integer({ min: 0, max: 100_000 }),
            day: fc.integer({ min: -2, max: 12 }),
            refund: fc.option(fc.integer({ min: 1, max: 120_000 })),
          }),
          { maxLength: 8 },
        ),
        fc.infiniteStream(fc.nat()),
        (orders, chance) => {
          const from = NOW - 20 * DAY;
          const events = [
            seen(from),
            ...orders.flatMap(({ minor, day, refund }, i) => [
              order(`o${i}`, { at: from + day * DAY, revenue: euros(minor) }),
              ...(refund === null
                ? []
                : [happened("order_refunded", { orderId: `o${i}`, amount: euros(refund) })]),
            ]),
          ];
          const shuffled = events
            .map((event) => ({ event, key: chance.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ event }) => event);
          const { shop } = given(...shuffled);
          const counted = orders.filter(({ day }) => day >= 0 && day <= 10);
          const revenue = counted.reduce(
            (sum, { minor, refund }) => sum + minor - Math.min(minor, refund ?? 0),
            0,
          );
          expect(shop.told("experiment", "users")).toBe(1);
          expect(shop.told("experiment", "orders")).toBe(counted.length);
          const before = orders
            .filter(({ day }) => day < 0)
            .reduce((sum, { minor, refund }) => sum + minor - Math.min(minor, refund ?? 0), 0);
          expect(shop.told("experiment", "buyers")).toBe(counted.length > 0 ? 1 : 0);
          expect(shop.told("experiment", "revenue")).toBe(revenue);
          expect(shop.told("experiment", "revenue*revenue")).toBe(revenue ** 2);
          expect(shop.told("experiment", "orders*revenue")).toBe(revenue * counted.length);
          expect(shop.told("experiment", "before")).toBe(before);
          expect(shop.told("experiment", "before*revenue")).toBe(before * revenue);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the variation of the first exposure stays, also when it is told last", () => {
    for (const exposures of [
      [seen(NOW - 2, "a", "1"), seen(NOW - 1, "b", "2")],
      [seen(NOW - 1, "b", "2"), seen(NOW - 2, "a", "1")],
    ]) {
      const { shop, profile } = given(...exposures, order("o", { revenue: euros(100) }));
      expect(profile.exposures.get("exp")?.variation).toBe("a");
      expect(
        [...shop.numbers.keys()]
          .filter((name) => name.includes('"experiment"'))
          .every((name) => name.includes('"a"')),
      ).toBe(true);
    }
  });
});

describe("consent", () => {
  test("analytics alone teaches the model and remembers nothing; personalization alone the reverse", () => {
    const only = (consent: object) => {
      const person = new Shop().person("p");
      const answers = person.tell([happened("product_viewed", { item: "a" })], { consent: consent as never });
      return [answers[0]!.status, person.customer?.profile.recent.length, person.log[0]?.facts.length];
    };
    expect(only({ analytics: true })).toEqual(["accepted", 0, 1]);
    expect(only({ personalization: true })).toEqual(["accepted", 1, 0]);
    expect(only({ personalization: "yes", analytics: 1 })).toEqual(["rejected", undefined, undefined]);
  });

  test("behaviour needs a purpose; the shop's order stands on the transaction itself, and says what was withheld", () => {
    expect(purposesFor(order("o"), true)).toEqual([]);
    expect(purposesFor(order("o"), false)).toEqual(["personalization", "analytics"]);
    const person = new Shop().person("p");
    const rich = order("o", {
      coupon: "SECRET",
      page: { url: "/thanks" },
      lines: [{ item: "a", quantity: 1, price: euros(5) }],
    });
    expect(person.tell([rich], { ...SHOP, consent: {} })).toEqual([
      { id: rich.id, status: "accepted", withheld: ["analytics", "personalization"] },
    ]);
    expect(JSON.stringify(person.log)).not.toMatch(/SECRET|thanks|price/);
    expect(person.log[0]!.facts).toEqual([]);
  });

  test("a withdrawal takes behaviour out of log and profile at once; what was granted later starts from nothing", () => {
    const person = new Shop().person("p");
    person.tell([
      happened("product_viewed", { item: "secret", at: NOW - 9 }),
      happened("traits_updated", { traits: { size: "XL" }, at: NOW - 8 }),
    ]);
    person.tell([happened("consent_updated", { consent: { personalization: false, analytics: false } })]);
    expect(person.customer!.profile.recent).toEqual([]);
    expect(person.customer!.profile.traits.size).toBe(0);
    expect(viewOf(person.customer!, NOW)).toBeUndefined();
    expect(person.tell([happened("product_viewed", { item: "b", at: NOW + 1 })])[0]).toMatchObject({
      code: "consent_missing",
    });
  });

  test("without personalization there is no view at all", () => {
    const { customer, view } = given(happened("product_viewed", { item: "a" }));
    expect(view.recent).toHaveLength(1);
    expect(viewOf(customer, NOW + 1000 * DAY)).toBeUndefined();
    expect(viewOf({ ...customer, isPaused: true }, NOW)).toBeUndefined();
  });

  test("notes are the shop's to write and need clienteling; a pause takes nothing in", () => {
    const person = new Shop().person("p");
    const note = () => happened("note_added", { author: "Ana", facts: { fit: "slim" }, text: "likes blue" });
    const clienteling = { clienteling: true, personalization: true };
    expect(person.tell([note()], { ...SHOP })[0]).toMatchObject({ code: "consent_missing" });
    expect(person.tell([note()], { consent: clienteling })[0]).toMatchObject({ code: "key_not_allowed" });
    expect(person.tell([note()], { ...SHOP, consent: clienteling })[0]).toMatchObject({ status: "accepted" });
    expect(person.customer!.profile.traits.get("fit")).toMatchObject({ value: "slim", source: "note" });
    person.customer!.isPaused = true;
    expect(person.tell([happened("page_viewed")])[0]).toMatchObject({ code: "paused" });
  });
});

describe("ids", () => {
  test("same id and content is a duplicate, other content a conflict: the first wins and it is counted", () => {
    for (const id of ["foreign-id", "k3f9a0c2m1xz-17"]) {
      const shop = new Shop();
      const person = shop.person("p");
      const first = happened("product_viewed", { id, item: "a" });
      expect(person.tell([first, first]).map((one) => one.status)).toEqual(["accepted", "duplicate"]);
      expect(person.tell([first])[0]).toMatchObject({ status: "duplicate" });
      expect(person.tell([happened("product_viewed", { id, item: "b" })])[0]).toMatchObject({
        code: "event_conflict",
      });
      expect([
        person.customer!.conflicts,
        shop.told("quality", "conflicts"),
        person.customer!.profile.recent.length,
      ]).toEqual([1, 1, 1]);
    }
  });

  test("a snippet's ids cost no row of their own, in whatever order they come", () => {
    const person = new Shop().person("p");
    const ids = Array.from({ length: 500 }, (_, i) => `k3f9a0c2m1xz-${(i * 7919) % 500}`);
    for (const id of ids) person.tell([happened("page_viewed", { id })]);
    // While the order is that wild some ids cost a row; in order, none does.
    const calm = new Shop().person("q");
    for (let i = 0; i < 500; i++) calm.tell([happened("page_viewed", { id: `k3f9a0c2m1xz-${i}` })]);
    expect([calm.seen.size, calm.customer!.streams.get("k3f9a0c2m1xz")]).toEqual([0, [0, 499]]);
    for (const id of ids) expect(person.tell([happened("page_viewed", { id })])[0]!.status).toBe("duplicate");
  });
});

describe("any order, batching and repetition of the same history gives the same customer", () => {
  const history: ResolvedEvent[] = [
    ...["a", "b", "c", "a"].map((item, i) =>
      happened("product_viewed", { item, at: NOW - 4 * DAY - 1000 * i }),
    ),
    ...["a", "b", "c"].map((item, i) =>
      happened("product_added", { item, quantity: i + 1, at: NOW - 3 * DAY - 10 * i }),
    ),
    happened("product_removed", { item: "c", quantity: 1, at: NOW - 2 * DAY }),
    happened("cart_updated", { lines: [{ item: "a", quantity: 2 }], at: NOW - 3 * DAY - 15 }),
    happened("traits_updated", { traits: { plan: "gold", city: null }, at: NOW - 10 }),
    happened("traits_updated", { traits: { plan: "silver", city: "Oslo" }, at: NOW - 20 }),
    happened("feedback_given", { item: "b", feedback: "not_this", at: NOW - 30 }),
    happened("feedback_given", { item: "b", feedback: "undo", at: NOW - 25 }),
    happened("feedback_given", { item: "c", feedback: "gift", at: NOW - 300 * DAY }),
    happened("survey_answered", { survey: "s", question: "q", kind: "nps", score: 9, max: 10, at: NOW - 40 }),
    happened("survey_answered", { survey: "s", question: "q", kind: "nps", score: 2, max: 10, at: NOW - 50 }),
    order("o1", { at: NOW - 350 * DAY, lines: [{ item: "x", quantity: 2 }] }),
    order("o2", { at: NOW - DAY, revenue: euros(300) }),
    happened("order_refunded", { orderId: "o1", amount: euros(100), at: NOW - 340 * DAY }),
    ...[0, 1, 2].map((n) => happened("page_viewed", { id: `k3f9a0c2m1xz-${n}`, at: NOW - 60_000 * 20 * n })),
  ];
  const summary = (batches: readonly (readonly ResolvedEvent[])[]) => {
    const shop = new Shop();
    const person = shop.person("p");
    for (const batch of batches) person.tell(batch);
    const { profile, consent: _consent, orders, credits, streams } = person.customer!;
    return {
      profile,
      orders: [...orders].map(([id, { verdict: _verdict, ...one }]) => [id, one]).sort(),
      credits,
      streams,
      numbers: [...shop.numbers].sort(),
      baskets: [...shop.baskets].sort(),
    };
  };
  const right = summary([history]);

  test("shuffled, split and repeated", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(history, { minLength: history.length }),
        fc.array(fc.nat({ max: history.length - 1 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        (shuffled, repeats, size) => {
          const sent = [...shuffled, ...repeats.map((i) => shuffled[i]!)];
          const batches: ResolvedEvent[][] = [];
          for (let i = 0; i < sent.length; i += size) batches.push(sent.slice(i, i + size));
          expect(summary(batches)).toEqual(right);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("state", () => {
  test("survives its own text exactly", () => {
    const { customer } = given(
      happened("product_added", { item: "__lookalike", quantity: 1 }),
      order("o", { revenue: euros(5) }),
      happened("page_viewed", { id: "k3f9a0c2m1xz-3" }),
    );
    expect(decodeCustomer(encodeCustomer(customer), customer.orders)).toEqual(customer);
  });

  test("stays bounded under 3,000 events of everything", () => {
    const person = new Shop().person("p");
    for (let i = 0; i < 1000; i++)
      person.tell([
        happened("product_viewed", { item: `v${i}`, at: NOW + i }),
        happened("product_added", { item: `c${i}`, quantity: 1, at: NOW + i }),
        happened("feedback_given", { item: `f${i}`, feedback: "not_this", at: NOW + i }),
      ]);
    expect(encodeCustomer(person.customer!).length).toBeLessThan(32 * 1024);
    expect(person.customer!.profile.recent.at(-1)?.item).toBe("c999");
  });

  test("gifts and hidden things are kept out of what is decided", () => {
    const { customer } = given(
      order("o", {
        lines: [
          { item: "gift", quantity: 1 },
          { item: "mine", quantity: 1 },
        ],
        at: NOW - 3,
      }),
      happened("product_viewed", { item: "shy", at: NOW - 2 }),
      happened("traits_updated", { traits: { size: "XL" }, at: NOW - 2 }),
      happened("feedback_given", { item: "gift", feedback: "gift", at: NOW - 1 }),
    );
    customer.hidden.add("trait:size").add("item:shy");
    const view = viewOf(customer, NOW)!;
    expect([[...view.owned.keys()], view.recent.map((one) => one.item), view.traits.size]).toEqual([
      ["mine"],
      ["mine"],
      0,
    ]);
  });
  test("the customer's own word on a trait stands against anybody's later one, until they change it", () => {
    const person = new Shop().person("p");
    const state = (value: string | null, source: string, at: number) =>
      person.tell([happened("traits_updated", { traits: { size: value }, at })], {
        source,
        isTrusted: source !== "customer",
      });
    state("L", "import", NOW - 5);
    state("M", "customer", NOW - 4);
    state("XL", "import", NOW - 3);
    expect(person.customer!.profile.traits.get("size")?.value).toBe("M");
    state(null, "customer", NOW - 2);
    state("XL", "import", NOW - 1);
    expect(viewOf(person.customer!, NOW)!.traits.has("size")).toBe(false);
  });
});

test("what an earlier version stored of experiments is read, and reported anew", () => {
  const customer = newCustomer(
    { source: "s", site: "s", receivers: { model: "", ledger: "", courier: "" } },
    NOW,
  );
  const text = encodeCustomer(customer).replace(
    '"credits":[]',
    '"credits":[["exp",{"variation":"a","orders":1,"revenueMinor":500}]]',
  );
  const read = decodeCustomer(text, new Map());
  expect(read.credits.size).toBe(0);
  read.profile.exposures.set("exp", { variation: "a", at: NOW, windowMs: DAY });
  expect(creditChanges(read).find(({ metric }) => metric === "users")?.by).toBe(1);
});
