import { expect, test } from "vitest";
import { SIGNALS } from "../../../src/core/signal/list.ts";
import { newOrder } from "../../../src/core/order/order.ts";
import { viewOf } from "../../../src/core/profile/view.ts";
import { DAY, NOW, person, worldOf } from "../decide/scenes.ts";

const { catalog } = worldOf();
const valueOf = (name: string, change?: Parameters<typeof person>[0]) =>
  SIGNALS.find((one) => one.name === name)!.value({
    view: viewOf(person(change), NOW)!,
    catalog,
    now: NOW,
    market: undefined,
  });

test("every signal has a name of its own, says what it means, and answers for somebody unknown", () => {
  expect(new Set(SIGNALS.map((one) => one.name)).size).toBe(SIGNALS.length);
  for (const signal of SIGNALS) {
    expect(signal.name).toMatch(/^[a-z][A-Za-z]*$/);
    expect(signal.meaning).toMatch(/\.$/);
    const value = valueOf(signal.name);
    expect(["string", "number", "boolean", "undefined"]).toContain(typeof value);
    if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
  }
});

test("they tell what happened", () => {
  const bought = (profile: Parameters<NonNullable<Parameters<typeof person>[0]>>[0]) => {
    profile.orders.set("o", {
      ...newOrder("key"),
      shop: { at: NOW - 3.5 * DAY, digest: 1, minor: 1000, currency: "EUR", lines: [] },
      undone: [{ id: "r", at: NOW - DAY, kind: "refund", minor: 200, lines: [], isTrusted: true }],
    });
    profile.session = { number: 3, startedAt: NOW, lastAt: NOW };
    profile.recent = [
      { item: "tea", kind: "view", at: 1 },
      { item: "spoon", kind: "view", at: 2 },
      { item: "kettle", kind: "buy", at: 3 },
    ];
  };
  expect(
    ["orders", "spend", "daysSinceOrder", "sessions", "isNew", "topType", "topBrand"].map((name) =>
      valueOf(name, bought),
    ),
  ).toEqual([1, 800, 3, 3, false, "Kettles", "Brook"]);
  expect(["orders", "daysSinceOrder", "isNew", "topType"].map((name) => valueOf(name))).toEqual([
    0,
    undefined,
    true,
    undefined,
  ]);
});
