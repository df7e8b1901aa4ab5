import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import {
  contentAfter,
  noticesOfFired,
  traitsOfFired,
  watchedInterests,
} from "../../../src/core/trigger/effects-of.ts";
import type { Fired } from "../../../src/core/trigger/firing.ts";
import { happeningsOfEvents, happeningsOfOrders } from "../../../src/core/trigger/happening.ts";
import { forgetWaiting } from "../../../src/core/trigger/trigger-state.ts";
import { logged } from "../segment/count/logged.ts";
import { lookups, orderOf, refund } from "../segment/count/orders.ts";
import { happening, live, triggersOf } from "./living.ts";

const AT = 20_000 * DAY_MS;
const fired = (effects: Fired["effects"], trigger = "drop"): Fired => ({
  id: "t_1",
  trigger,
  occasion: "o",
  at: AT,
  purpose: "marketing",
  data: { item: "green", share: 0.2 },
  effects,
});
const whom = { subject: "object-1", customerId: "c-1", site: "shop" };

describe("what follows a firing", () => {
  test("one notice for each webhook, with the slot whose picks are wanted", () => {
    const notices = noticesOfFired(
      fired([
        { do: "webhook", name: "mail", slot: "mail-picks", content: { template: 7 } },
        { do: "trait", name: "told", value: true },
        { do: "webhook", name: "crm" },
      ]),
      whom,
    );
    const shared = {
      type: "trigger_fired",
      at: AT,
      subject: "object-1",
      purpose: "marketing",
      customerId: "c-1",
    };
    const data = { trigger: "drop", firedAt: AT, occasion: { item: "green", share: 0.2 } };
    expect(notices).toEqual([
      {
        ...shared,
        id: "t_1",
        data: { ...data, name: "mail", content: { template: 7 } },
        slot: "mail-picks",
        site: "shop",
      },
      { ...shared, id: "t_1_2", data: { ...data, name: "crm" } },
    ]);
  });

  test("content for slots, the latest last, one of a trigger in a slot, until it is over", () => {
    const show = (slot: string, text: string, days: number) => ({
      do: "content" as const,
      slot,
      content: text,
      days,
    });
    const first = contentAfter([], [fired([show("hero", "a", 1), show("side", "b", 3)])], AT);
    expect(first.map(({ slot, until }) => [slot, until])).toEqual([
      ["hero", AT + DAY_MS],
      ["side", AT + 3 * DAY_MS],
    ]);
    const second = contentAfter(
      first,
      [fired([show("hero", "c", 2)]), fired([show("hero", "d", 2)], "other")],
      AT,
    );
    expect(second.map(({ trigger, slot, content }) => [trigger, slot, content])).toEqual([
      ["drop", "side", "b"],
      ["drop", "hero", "c"],
      ["other", "hero", "d"],
    ]);
    expect(contentAfter(second, [], AT + 2 * DAY_MS).map(({ content }) => content)).toEqual(["b"]);
    expect(contentAfter(second, [], AT + 3 * DAY_MS)).toEqual([]);
  });

  test("traits, of the same name the last", () => {
    const set = (value: string | null) => fired([{ do: "trait", name: "stage", value }]);
    expect([...traitsOfFired([set("new"), set(null)])]).toEqual([["stage", null]]);
  });
});

test("products are watched for as many days as the most patient trigger asks", () => {
  const cart = { on: { when: "cart_abandoned", minutes: 60 } };
  expect(watchedInterests(triggersOf([cart]))).toBeUndefined();
  const compiled = triggersOf([
    { on: { when: "price_drop", interest: ["wished"], days: 90 } },
    { on: { when: "back_in_stock", interest: ["wished", "carted"], days: 14 } },
    { on: { when: "price_drop", days: 400 }, enabled: false },
  ]);
  expect(watchedInterests(compiled)).toEqual({ viewed: 0, carted: 14, wished: 90 });
});

describe("what happened has one name", () => {
  test("acts that of their event", () => {
    const event = logged({ type: "product_viewed", id: "e1", at: AT, item: "green" });
    const [view] = happeningsOfEvents([event], lookups);
    expect(view).toMatchObject({ id: "e1", event: "product_viewed", at: AT, item: "green" });
    expect(view?.attributes["item"]).toMatchObject({ type: "Tea > Green" });
    expect(happeningsOfEvents([{ ...event, may: 0 }], lookups)).toEqual([]);
  });

  test("orders that of the order, and products theirs within it; what went back has none", () => {
    const bought = {
      id: "7",
      at: AT,
      minor: 3_000,
      lines: [
        ["green", 1],
        ["black", 1],
      ] as const,
    };
    const names = (...undone: Parameters<typeof orderOf>[1][]) =>
      happeningsOfOrders([orderOf(bought, ...undone)], lookups).map(({ event, id }) => `${event} ${id}`);
    expect(names()).toEqual(["ordered key-7", "bought key-7|green", "bought key-7|black"]);
    expect(names(refund("7", AT + DAY_MS, [["green", 1]]))).toEqual(["ordered key-7", "bought key-7|black"]);
    expect(names(refund("7", AT + DAY_MS))).toEqual([]);
  });
});

test("whoever withdraws is waited for no more, and told nothing a second time", () => {
  const compiled = triggersOf([
    { id: "slow", on: { when: "event", event: "page_viewed" }, delayMinutes: 600 },
    { id: "fast", on: { when: "event", event: "page_viewed" } },
    {
      id: "way",
      on: { when: "sequence", steps: [{ event: "page_viewed" }, { event: "ordered" }], withinMinutes: 60 },
    },
  ]);
  const turn = { at: AT, brings: { happenings: [happening("page_viewed", "p", AT)] } };
  const { state } = live(compiled, [turn], AT);
  expect(state.waiting).toHaveLength(1);
  const kept = forgetWaiting(state);
  expect(kept.waiting).toEqual([]);
  expect(JSON.stringify(kept)).not.toContain("seen");
  expect(live(compiled, [turn], AT + DAY_MS, { state: kept }).fired).toEqual([]);
});
