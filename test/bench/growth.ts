/**
 * How cost and latency grow with a shop: `npm run bench:growth -- [--only customers|items|events|sites|rules] [--sizes
 * 1000,3000,10000] [--quick]`. Small
 * and large take turns in the same run; each figure's exponent is fitted and judged. Last line: JSON.
 */
import { parseArgs } from "node:util";
import { growCustomers } from "./growth/customers.ts";
import { growEvents } from "./growth/events.ts";
import { growItems } from "./growth/items.ts";
import { growRules } from "./growth/rules.ts";
import { growSites } from "./growth/sites.ts";
import { printLadder, type Effort, type Judged, type Ladder } from "./growth/ladder.ts";

const GROWTH: Readonly<Record<string, (effort: Effort) => Ladder | Promise<Ladder>>> = {
  rules: growRules,
  items: growItems,
  events: growEvents,
  customers: growCustomers,
  sites: growSites,
};

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    sizes: { type: "string" },
  },
});
const names = options.only === undefined ? Object.keys(GROWTH) : options.only.split(",");
const unknown = names.find((name) => !Object.hasOwn(GROWTH, name));
if (unknown !== undefined) {
  console.error(`--only ${unknown}: there are ${Object.keys(GROWTH).join(", ")}.`);
  process.exit(2);
}

const sizes = options.sizes?.split(",").map(Number);
if (sizes && (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size > 0))) {
  console.error(`--sizes ${options.sizes}: at least two whole numbers, as in 1000,3000,10000.`);
  process.exit(2);
}
const results: Record<string, Ladder & { readonly judged: readonly Judged[] }> = {};
for (const name of names) {
  const ladder = await GROWTH[name]!({ quick: options.quick, sizes });
  results[name] = { ...ladder, judged: printLadder(ladder) };
}
console.log(JSON.stringify(results));
