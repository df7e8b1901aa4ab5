import type { InterestName, TriggerOn } from "../../config/trigger-config.ts";
import type { ItemId } from "../../primitives/ids.ts";
import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import type { TriggerContext } from "../trigger-context.ts";
import type { Watcher } from "../watcher.ts";

/**
 * A product that the customer cares for has become cheaper, or is there again. Each change of the catalog is an occasion.
 * When it fires, it must still be so: as cheap, there, and not bought since.
 */
export function watchShelf(on: TriggerOn & { when: "price_drop" | "back_in_stock" }): Watcher {
  const atLeast = on.when === "price_drop" ? on.atLeast : 0;
  return {
    look: (scene) => ({
      occasions: scene.shelf
        .filter(
          ({ kind, item, share }) =>
            kind === on.when && share >= atLeast && cares(scene, item, on.interest, on.days, scene.now),
        )
        .map(({ item, share, version }) => {
          const priceMinor = scene.onShelf(item)?.priceMinor;
          return {
            name: `${item}|${version}`,
            at: scene.now,
            rank: version,
            data: {
              item,
              ...(on.when === "price_drop"
                ? { share, ...(priceMinor === undefined ? {} : { priceMinor }) }
                : {}),
            },
          };
        }),
    }),
    holds({ at, data }, scene) {
      const item = String(data["item"]);
      const known = scene.onShelf(item);
      const told = data["priceMinor"];
      if (!known?.isAvailable || !cares(scene, item, on.interest, on.days, at)) return false;
      return typeof told !== "number" || (known.priceMinor !== undefined && known.priceMinor <= told);
    },
  };
}

/** Whether a product meant something within the days before a moment, and was not bought since. */
function cares(
  { interestIn }: TriggerContext,
  item: ItemId,
  names: readonly InterestName[],
  days: number,
  at: EpochMs,
): boolean {
  const interest = interestIn(item);
  if (!interest) return false;
  const last = Math.max(...names.map((name) => interest[name] ?? 0));
  return last > at - days * DAY_MS && !(interest.bought !== undefined && interest.bought >= last);
}
