import type { Trigger, TriggerOn } from "../config/trigger-config.ts";
import { DAY_MS, MINUTE_MS } from "../primitives/time.ts";
import { compileCondition, type CompiledCondition } from "../segment/evaluate.ts";
import { watchAbsence } from "./kinds/absence.ts";
import { watchAnniversary } from "./kinds/anniversary.ts";
import { watchCart } from "./kinds/cart-abandoned.ts";
import { watchEvent } from "./kinds/event.ts";
import { watchFirstPurchase } from "./kinds/first-purchase.ts";
import { watchLife } from "./kinds/life-event.ts";
import { watchDue } from "./kinds/replenishment-due.ts";
import { watchSegment } from "./kinds/segment.ts";
import { watchSequence } from "./kinds/sequence.ts";
import { watchShelf } from "./kinds/shelf.ts";
import { timeOfDay, type QuietHours } from "./quiet-hours.ts";
import type { Watcher } from "./watcher.ts";

export type CompiledTrigger = {
  readonly trigger: Trigger;
  readonly watcher: Watcher;
  readonly delayMs: number;
  readonly coolDownMs: number;
  readonly once: boolean;
  readonly quiet: QuietHours | undefined;
  readonly audience: CompiledCondition | undefined;
};

/** A site's triggers made ready to attend with: conditions are closures, nothing is parsed again. */
export type CompiledTriggers = {
  /** Those that are enabled, in the order of the config. */
  readonly all: readonly CompiledTrigger[];
  readonly byId: ReadonlyMap<string, CompiledTrigger>;
  /** Stands in for a customer's zone that is not known. */
  readonly timeZone: string;
};

function watch(on: TriggerOn): Watcher {
  switch (on.when) {
    case "event":
      return watchEvent(on);
    case "sequence":
      return watchSequence(on);
    case "absence":
      return watchAbsence(on);
    case "cart_abandoned":
      return watchCart(on);
    case "price_drop":
    case "back_in_stock":
      return watchShelf(on);
    case "replenishment_due":
      return watchDue(on);
    case "first_purchase_in":
      return watchFirstPurchase(on);
    case "anniversary":
      return watchAnniversary(on);
    case "segment_entered":
    case "segment_left":
      return watchSegment(on);
    case "life_event":
      return watchLife(on);
  }
}

/**
 * Compiles a config's triggers, once per revision.
 * @param timeZone the site's own
 */
export function compileTriggers(triggers: readonly Trigger[], timeZone = "UTC"): CompiledTriggers {
  const all = triggers
    .filter(({ enabled }) => enabled !== false)
    .map((trigger): CompiledTrigger => {
      const { quietHours, audience } = trigger;
      const watcher = watch(trigger.on);
      return {
        trigger,
        watcher,
        delayMs: trigger.delayMinutes * MINUTE_MS,
        coolDownMs: (trigger.coolDownDays ?? 0) * DAY_MS,
        once: trigger.once || watcher.isUnique === true,
        quiet: quietHours && { from: timeOfDay(quietHours.from), until: timeOfDay(quietHours.until) },
        audience: audience && compileCondition(audience),
      };
    });
  return { all, byId: new Map(all.map((one) => [one.trigger.id, one])), timeZone };
}
