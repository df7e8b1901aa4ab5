import * as v from "valibot";
import { expect, test } from "vitest";
import { DEMO_CONFIG } from "../../../src/cli/demo-data/demo-config.ts";
import { Config } from "../../../src/core/config/config.ts";

test("the demo's config is a valid config that names every slot of the pages", () => {
  const parsed = v.parse(Config, DEMO_CONFIG);
  expect(Object.keys(parsed.slots).sort()).toEqual([
    "cart-goes-with",
    "category-top",
    "home-for-you",
    "home-trending",
    "order-next",
    "product-better",
    "product-goes-with",
  ]);
});
