import type { ShopEventInput } from "../../src/cli/demo-data/visit.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from "../../src/core/primitives/time.ts";

/** What the journeys look at, what is bought with it (most often first), and the better one that some take instead. */
export const KETTLE = "kettle-brook-sage";
export const COMPLEMENTS = ["teapot-wren-sage", "tea-sencha", "mug-fell-ink", "tea-earl-grey", "mug-kaede"];
export const BETTER = "kettle-loch-charcoal";

type Regular = { readonly visitorId: string; readonly events: readonly ShopEventInput[] };
type Bare<E = ShopEventInput> = E extends unknown ? Omit<E, "id" | "at"> : never;

function regular(name: string, start: EpochMs, ...events: Bare[]): Regular {
  const stamp = (event: Bare, i: number) =>
    ({ ...event, id: `${name}-${i}`, at: start + i * MINUTE_MS }) as ShopEventInput;
  return { visitorId: name, events: events.map(stamp) };
}

const view = (item: string): Bare => ({ type: "product_viewed", item });
const order = (orderId: string, ...items: string[]): Bare => ({
  type: "order_completed",
  orderId,
  lines: items.map((item) => ({ item, quantity: 1, price: { minor: 1000, currency: "EUR" } })),
});

/**
 * Sixteen people whose habits the journeys know. Ten buy the kettle with its complements: all of them the first, eight
 * the second, and only two the last, fewer than it takes to be shown: one of them a day, because what goes faster than usual counts less. Six look at it and buy the better one.
 */
export const regulars = (until: EpochMs): Regular[] => [
  ...Array.from({ length: 10 }, (_, i) => {
    const name = `sim-tea-${i}`;
    const basket = [KETTLE, ...COMPLEMENTS.slice(0, COMPLEMENTS.length - Math.floor(i / 2))];
    return regular(name, until - (i + 2) * DAY_MS, view(KETTLE), order(`${name}-order`, ...basket));
  }),
  ...Array.from({ length: 6 }, (_, i) => {
    const name = `sim-better-${i}`;
    const start = until - (i + 20) * HOUR_MS;
    return regular(name, start, view(KETTLE), view(BETTER), order(`${name}-order`, BETTER));
  }),
];
