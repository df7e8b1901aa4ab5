import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escaped, webAddress } from "../../../src/core/render/html.ts";
import { slotContent, slotElement } from "../../../src/core/render/slot-html.ts";
import type { PickedItem, SlotAnswer } from "../../../src/core/wire/decide.ts";

const item = (more: Partial<PickedItem> = {}): PickedItem => ({
  id: "A1",
  rank: 1,
  title: "Kettle",
  why: { code: "trending", text: "Many look at it." },
  controls: ["not_this", "own_it"],
  ...more,
});
const answer = (items: readonly PickedItem[]): SlotAnswer => ({
  id: "alike",
  status: "personalized",
  reason: "decided",
  items,
  assignments: [],
  holdout: false,
  token: "t.t.t",
});

test("a plain card: link, picture with its size, texts, reason and levers", () => {
  expect(
    slotElement(answer([item({ url: "/p/1", image: "https://shop.example/1.jpg", brand: "Brook" })])),
  ).toBe(
    '<div data-concierge-slot="alike" data-concierge-status="personalized" data-concierge-token="t.t.t">' +
      '<ul data-concierge-list="" role="list"><li data-concierge-pick="A1"><a data-concierge-field="url" href="/p/1">' +
      '<img data-concierge-field="image" alt="" loading="lazy" width="240" height="240" src="https://shop.example/1.jpg">' +
      '<span data-concierge-field="brand">Brook</span><span data-concierge-field="title">Kettle</span></a>' +
      '<details data-concierge-why=""><summary data-concierge-control="why">Why this?</summary>Many look at it.' +
      '<button type="button" data-concierge-control="not_this">not this</button>' +
      '<button type="button" data-concierge-control="own_it">own it</button></details></li></ul></div>',
  );
  expect(slotContent(answer([]))).toBe("");
});

describe("whatever a catalog says", () => {
  test("is text: no tag but ours, no attribute but ours", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const html = slotContent({
          ...answer([
            item({ id: text, title: text, brand: text, url: text, image: text, why: { code: "x", text } }),
          ]),
          title: text,
        });
        const tags = [...html.matchAll(/<\/?([a-z]+)((?: [a-zA-Z-]+="[^"<>]*")*)>/g)].map(([whole]) => whole);
        // What is left when our tags are taken out holds no sign of markup.
        expect(html.split(/<\/?[a-z]+(?: [a-zA-Z-]+="[^"<>]*")*>/).join("")).not.toMatch(/[<>"]/);
        for (const tag of tags) expect(tag).toMatch(/^<\/?(ul|li|a|img|span|del|details|summary|button)\b/);
      }),
    );
  });

  test.each([
    ["javascript:alert(1)", undefined],
    ["java\nscript:alert(1)", undefined],
    ["//evil.example/x", undefined],
    ["/\\evil.example", undefined],
    ["data:text/html,x", undefined],
    ["https://shop.example/p", "https://shop.example/p"],
    ["/p/1?a=1", "/p/1?a=1"],
    ["HTTP://shop.example", "HTTP://shop.example"],
  ])("an address leads to the web or nowhere: %s", (text, expected) =>
    expect(webAddress(text)).toBe(expected),
  );

  test("escaping is undone by reading", () =>
    expect(escaped(`a<b>"c'&d`)).toBe("a&lt;b&gt;&quot;c&#39;&amp;d"));
});
