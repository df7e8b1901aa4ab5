import type { InterestName } from "../config/trigger-config.ts";
import { INTERESTS } from "../config/trigger-config.ts";
import type { EpochMs } from "../primitives/time.ts";
import { DAY_MS } from "../primitives/time.ts";
import type { SlotContent } from "../profile/view.ts";
import type { JsonObject, Notice } from "../webhook/notice.ts";
import type { CompiledTriggers } from "./compile-triggers.ts";
import type { Fired } from "./firing.ts";
import { TRIGGER_LIMITS } from "./limits.ts";

/** For whom a notice is. */
export type Addressee = { readonly subject: string; readonly customerId: string; readonly site: string };

/**
 * What the shop's other systems are told of a firing: one notice for each webhook, with an id that is the same however
 * often it is made.
 */
export function noticesOfFired(fired: Fired, { subject, customerId, site }: Addressee): Notice[] {
  return fired.effects.flatMap((effect, i): Notice[] => {
    if (effect.do !== "webhook") return [];
    const data: JsonObject = {
      trigger: fired.trigger,
      name: effect.name,
      firedAt: fired.at,
      occasion: fired.data,
      ...(effect.content === undefined ? {} : { content: effect.content }),
    };
    return [
      {
        id: i === 0 ? fired.id : `${fired.id}_${i}`,
        type: "trigger_fired",
        at: fired.at,
        subject,
        purpose: fired.purpose,
        customerId,
        data,
        ...(effect.slot === undefined ? {} : { slot: effect.slot, site }),
      },
    ];
  });
}

/** Content that waits for slots after firings, the latest last; one trigger leaves one content in a slot. */
export function contentAfter(
  content: readonly SlotContent[],
  firings: readonly Fired[],
  now: EpochMs,
): SlotContent[] {
  let left = content.filter(({ until }) => until > now);
  for (const { trigger, effects, at } of firings)
    for (const effect of effects) {
      if (effect.do !== "content") continue;
      left = left.filter((one) => one.trigger !== trigger || one.slot !== effect.slot);
      left.push({ trigger, slot: effect.slot, content: effect.content, until: at + effect.days * DAY_MS });
    }
  return left.slice(-TRIGGER_LIMITS.contentsMax);
}

/** Traits that firings state; of the same name the last one. */
export function traitsOfFired(firings: readonly Fired[]): Map<string, string | number | boolean | null> {
  const traits = new Map<string, string | number | boolean | null>();
  for (const { effects } of firings)
    for (const effect of effects) if (effect.do === "trait") traits.set(effect.name, effect.value);
  return traits;
}

/**
 * For how many days acts with a product make its price and stock worth watching; `undefined` where no trigger asks.
 * @example watchedInterests(compileTriggers([])) // undefined
 */
export function watchedInterests({
  all,
}: CompiledTriggers): Readonly<Record<InterestName, number>> | undefined {
  const days = { viewed: 0, carted: 0, wished: 0 };
  for (const { trigger } of all) {
    const { on } = trigger;
    if (on.when !== "price_drop" && on.when !== "back_in_stock") continue;
    for (const name of on.interest) days[name] = Math.max(days[name], on.days);
  }
  return INTERESTS.some((name) => days[name] > 0) ? days : undefined;
}
