import type { TriggerOn } from "../../config/trigger-config.ts";
import { compileCondition } from "../../segment/evaluate.ts";
import type { Happening } from "../happening.ts";
import { dataOf } from "../matcher.ts";
import type { Watcher } from "../watcher.ts";
import { occasionDigest } from "../firing.ts";

/** For the first time something of a selection is bought and kept. Purchases told by files count as earlier ones. */
export function watchFirstPurchase(on: TriggerOn & { when: "first_purchase_in" }): Watcher {
  const test = compileCondition(on.where);
  const matches = ({ event, attributes }: Happening): boolean => {
    const item = attributes["item"];
    return event === "bought" && typeof item === "object" && item !== null && test({ ...item });
  };
  const isFirst = (one: Happening, purchases: Iterable<Happening>): boolean => {
    for (const other of purchases)
      if (other.id !== one.id && isEarlier(other, one) && matches(other)) return false;
    return true;
  };
  return {
    isUnique: true,
    look: (scene) => ({
      occasions: scene.happenings
        .filter((one) => matches(one) && isFirst(one, scene.purchases()))
        .map((one) => ({ name: one.id, at: one.at, data: dataOf(one) })),
    }),
    holds({ occasion }, scene) {
      const purchases = [...scene.purchases()];
      const one = purchases.find(({ id }) => occasionDigest(id) === occasion);
      return one !== undefined && isFirst(one, purchases);
    },
  };
}

/** Lines of one order have one moment; then the name decides. */
const isEarlier = (a: Happening, b: Happening): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);
