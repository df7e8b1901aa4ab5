import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { startRealShop, type RealShop } from "../support/real-shop.ts";

let real: RealShop;
let browser: Browser;
beforeAll(async () => {
  [real, browser] = await Promise.all([
    startRealShop(
      (_, response) => response.setHeader("content-type", "text/html").end("<title>shop</title>"),
      {
        features: {
          banner: { defaultValue: "plain", rules: [{ condition: { country: "AT" }, force: "green" }] },
        },
      },
    ),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});

test("in a page of the shop it reports, decides, asks flags and reads refusals, and no browser has to ask first", async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto(real.shop);
  // As text, since what compiles this file would rewrite the import.
  const told: unknown = await page.evaluate(`(async () => {
    const { concierge, localFlags } = await import("${real.api}/sdk/concierge-sdk.mjs");
    const shop = concierge({ api: "${real.api}", key: "${real.keys.writeKey}", credentials: "include" });
    const consent = { personalization: true, analytics: true };
    const { events, visitorId } = await shop.events({
      consent,
      events: [{ id: "e-1", type: "product_viewed", item: "p1" }],
    });
    const { slots } = await shop.decide({
      visitorId,
      consent,
      slots: [{ id: "home-top", strategies: ["recently_viewed"], min: 1 }],
    });
    const unproven = await shop.me.see({}).catch((error) => error);
    const code = await shop.customers.get({ id: "c-1" }).catch((error) => error.code);
    const flags = await localFlags(shop);
    return {
      status: events[0].status,
      items: slots[0].items.map(({ id }) => id),
      unproven: [unproven.name, unproven.code, unproven.status],
      code,
      flag: flags.value("banner", "own", { country: "AT" }),
    };
  })()`);
  expect(told).toEqual({
    status: "accepted",
    items: ["p1"],
    unproven: ["ConciergeProblem", "self_unknown", 401],
    code: "unreachable",
    flag: "green",
  });
  const preflights = asked.filter((one) => one.startsWith("OPTIONS") && !/features|customers/.test(one));
  expect(preflights).toEqual([]);
  await page.close();
});
