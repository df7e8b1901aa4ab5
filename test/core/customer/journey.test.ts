import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../src/core/profile/source.ts";
import { DAY, happened, NOW, Shop } from "./shop.ts";

const MINUTE = 60_000;
const page = (at: number, type: string, more: object = {}) =>
  happened("page_viewed", { at, page: { type, url: "https://shop.example/x", ...more } });
const journeyOf = (person: ReturnType<Shop["person"]>) => person.customer!.profile.journey;

describe("how somebody comes and goes about it", () => {
  test("the first visit's referrer is the source, and stays it", () => {
    const person = new Shop().person("v");
    person.tell([page(NOW, "home", { referrer: "https://www.google.com/search" })]);
    person.tell([page(NOW + DAY, "home", { referrer: "https://blog.example/" })]);
    expect(journeyOf(person).source).toBe("search");
  });

  test("a visit counts at every stage it reached, once", () => {
    const person = new Shop().person("v");
    const start = NOW - 3 * DAY;
    person.tell([page(start, "home"), happened("product_viewed", { at: start + MINUTE, item: "tea" })]);
    person.tell([happened("product_viewed", { at: start + 2 * MINUTE, item: "pot" })]);
    const again = start + DAY;
    person.tell([
      page(again, "product"),
      happened("product_added", { at: again + 1, item: "tea", quantity: 1 }),
      happened("checkout_started", { at: again + 2 }),
    ]);
    expect(journeyOf(person).funnel).toEqual([2, 2, 1, 1, 0]);
  });

  test("the visit that led to the order is kept, its repeats folded, also where the shop's server tells the order", () => {
    const person = new Shop().person("v");
    person.tell([
      page(NOW, "home"),
      happened("products_searched", { at: NOW + 1, query: "tea" }),
      happened("product_viewed", { at: NOW + 2, item: "tea" }),
      happened("product_viewed", { at: NOW + 3, item: "pot" }),
      happened("product_added", { at: NOW + 4, item: "pot", quantity: 1 }),
    ]);
    person.tell(
      [happened("order_completed", { at: NOW + 5, orderId: "o", lines: [{ item: "pot", quantity: 1 }] })],
      { source: "server", isTrusted: true },
    );
    expect(journeyOf(person)).toMatchObject({
      path: ["home", "search", "product", "add", "order"],
      funnel: [1, 1, 1, 1, 1],
      before: ["tea", "pot"],
    });
  });

  test("without analytics nothing of it is kept", () => {
    const person = new Shop().person("v");
    person.tell([page(NOW, "home")], { consent: { personalization: true } });
    expect(journeyOf(person)).toEqual({ funnel: [0, 0, 0, 0, 0], stage: -1, steps: [], path: [] });
  });

  test("an order in another year is no part of the running visit", () => {
    const person = new Shop().person("v");
    person.tell([page(NOW - 9 * DAY, "home")]);
    person.tell([happened("order_completed", { at: NOW, orderId: "o", lines: [] })], {
      source: "server",
      isTrusted: true,
    });
    expect(journeyOf(person).path).toEqual([]);
  });

  test.each([
    [{ referrer: undefined }, "direct"],
    [{ referrer: "https://shop.example/a", url: "https://www.shop.example/b" }, "direct"],
    [{ referrer: "https://duckduckgo.com/" }, "search"],
    [{ referrer: "https://www.google.co.uk/" }, "search"],
    [{ referrer: "https://l.instagram.com/" }, "social"],
    [{ referrer: "https://mail.google.com/mail" }, "mail"],
    [{ referrer: "https://notgoogle.example/" }, "notgoogle.example"],
    [{ referrer: "javascript:alert(1)" }, "direct"],
  ])("%j is %s", (from, source) => {
    expect(sourceOf(from)).toBe(source);
  });
});
