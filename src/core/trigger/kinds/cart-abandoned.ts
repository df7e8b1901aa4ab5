import type { TriggerOn } from "../../config/trigger-config.ts";
import { MINUTE_MS, type EpochMs } from "../../primitives/time.ts";
import type { TriggerContext } from "../trigger-context.ts";
import { NOTHING, type Watcher } from "../watcher.ts";

/** A cart with something in it stays as it is, and nothing is ordered. Each change of the cart is an occasion of its own. */
export const watchCart = (on: TriggerOn & { when: "cart_abandoned" }): Watcher => ({
  isReplacing: true,
  look(scene) {
    const at = leftAt(scene);
    if (at === undefined) return NOTHING;
    return {
      occasions: [{ name: `cart|${at}`, at, waitMs: on.minutes * MINUTE_MS, data: { changedAt: at } }],
    };
  },
  // By the cart's own moment: the occasion's is not later than when it was taken up, and a sender's clock may be ahead.
  holds: ({ data }, scene) => leftAt(scene) === data["changedAt"],
});

/** When a cart that still waits was last changed. */
function leftAt({ cart, lastOrderAt }: TriggerContext): EpochMs | undefined {
  if (!cart || cart.isEmpty) return undefined;
  return lastOrderAt !== undefined && lastOrderAt >= cart.at ? undefined : cart.at;
}
