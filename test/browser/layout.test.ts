import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CASES, UNRESERVED, WIDTHS } from "../bench/snippet/shift-cases.ts";
import { openShop, playCase } from "../bench/snippet/shift.ts";
import type { StandIn } from "../bench/snippet/stand-in.ts";
import { launchBrowser } from "../support/browser.ts";

let browser: Browser;
let shop: StandIn;
beforeAll(async () => {
  [browser, shop] = await Promise.all([launchBrowser(), openShop()]);
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
});

describe("nothing on the page moves, from phone to desktop, where a slot has reserved height", () => {
  test.each(CASES)("$name", async (played) => {
    // Four decimals, as scores of shifts are told: a busy machine now and then rounds an edge to another pixel.
    const seen = (await playCase(browser, shop, played)).map(({ shift, ...end }) => ({
      ...end,
      shift: Math.round(shift * 10_000) / 10_000,
    }));
    expect(seen).toEqual(WIDTHS.map(() => ({ ...played.end, shift: 0 })));
  });
});

test("where it has none, everything below moves: the meter works", async () => {
  for (const { shift, ...end } of await playCase(browser, shop, UNRESERVED)) {
    expect(end).toEqual(UNRESERVED.end);
    expect(shift).toBeGreaterThan(0.05);
  }
});
