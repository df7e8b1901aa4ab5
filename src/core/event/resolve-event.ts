import { revenueOf } from "../order/revenue.ts";
import type { ItemId } from "../primitives/ids.ts";
import { fail, succeed, type Result } from "../primitives/result.ts";
import { DAY_MS, MINUTE_MS, type EpochMs } from "../primitives/time.ts";
import type { ItemRef, Line, ShopEvent } from "./event.ts";
import type { ClaimedAssignment, DecisionClaim, ResolvedEvent, ResolvedLine } from "./resolved.ts";

/** A sender's clock may be this far ahead; beyond it an event happened when it was received. */
export const FUTURE_MS_MAX = 5 * MINUTE_MS;
/** Behaviour older than this changes nothing useful and is refused; orders have no such limit. */
export const BEHAVIOUR_DAYS_MAX = 400;

export type Resolving = {
  /** Digest of the event as it was sent: a clock corrected twice must not make one event two. */
  readonly digest: number;
  readonly now: EpochMs;
  /** The catalog's answer to a reference; `undefined` when no single item answers. */
  readonly itemOf: (ref: ItemRef) => ItemId | undefined;
  /** What one piece costs the shop, where the catalog says so in this currency. */
  readonly costOf?: ((item: ItemId, currency: string) => number | undefined) | undefined;
  /** What having seen a flag enters; `undefined` where they cannot have seen that. Absent: nobody's flags are known. */
  readonly flagClaim?: ((flag: string, variation: string) => ClaimedAssignment | undefined) | undefined;
  /** Why something told of a life cannot be taken in, as a phrase; `undefined` when it can. Absent: nobody asks. */
  readonly lifeDefect?: ((kind: string, on?: string) => string | undefined) | undefined;
  /** Verified claims of the tokens in this request. */
  readonly claims: ReadonlyMap<string, DecisionClaim>;
};

/** The text that stands for an item the catalog does not know. */
const nameOf = (ref: ItemRef): string =>
  typeof ref === "string"
    ? ref
    : (ref.id ??
      ref.sku ??
      ref.gtin ??
      ref.group ??
      (ref.url ?? "unnamed").split(/[?#]/, 1)[0]!.slice(0, 128));

/** Turns a parsed event into what an object takes: catalog ids, one clamped moment, verified claims. */
export function resolveEvent(event: ShopEvent, at: Resolving): Result<ResolvedEvent> {
  const unmatched: string[] = [];
  const item = (ref: ItemRef): ItemId => {
    const found = at.itemOf(ref);
    if (found !== undefined) return found;
    const name = nameOf(ref);
    unmatched.push(name);
    return name;
  };
  const line = (one: Line): ResolvedLine => ({
    item: item(one.item),
    quantity: one.quantity,
    ...(one.price ? { price: one.price } : {}),
  });

  const happenedAt = Math.min(event.at ?? at.now, at.now + FUTURE_MS_MAX);
  const isOrder = event.type.startsWith("order_");
  if (!isOrder && happenedAt < at.now - BEHAVIOUR_DAYS_MAX * DAY_MS) {
    return fail({
      code: "event_too_old",
      pointer: "/at",
      detail: `Behaviour may be at most ${BEHAVIOUR_DAYS_MAX} days old.`,
    });
  }
  const { at: _at, ...rest } = event;
  const resolved: Record<string, unknown> = { ...rest, at: happenedAt };
  if ("item" in event) resolved["item"] = item(event.item);
  if ("items" in event && event.items) resolved["items"] = event.items.map(item);
  if ("lines" in event && event.lines) resolved["lines"] = event.lines.map(line);
  if ("token" in event) {
    const claim = at.claims.get(event.token);
    if (!claim)
      return fail({
        code: "token_invalid",
        pointer: "/token",
        detail: "The decision token is expired, altered or another site's.",
        cure: "Echo the token of the decision's slot as it was received.",
      });
    delete resolved["token"];
    resolved["claim"] = claim;
  }
  if (event.type === "flag_seen") {
    const assignment = at.flagClaim?.(event.flag, event.variation);
    if (!assignment)
      return fail({
        code: "variation_unknown",
        pointer: "/variation",
        detail: "No running experiment with this flag gives this person that variation.",
        cure: "Send the variation that the flag's evaluation told, under the id it was evaluated for.",
      });
    resolved["assignment"] = assignment;
  }
  if (event.type === "life_event_told") {
    const defect = at.lifeDefect?.(event.kind, event.on);
    const isKind = defect !== undefined && at.lifeDefect?.(event.kind) !== undefined;
    if (defect !== undefined)
      return fail({
        code: "event_invalid",
        pointer: isKind ? "/kind" : "/on",
        detail: `This must be ${defect}.`,
      });
  }
  if (event.type === "order_completed") {
    const cost = costOfOrder(resolved as unknown as Completed, at.costOf);
    if (cost !== undefined) resolved["costMinor"] = cost;
  }
  resolved["digest"] = at.digest;
  if (unmatched.length > 0) resolved["unmatched"] = unmatched;
  return succeed(resolved as unknown as ResolvedEvent);
}

type Completed = ResolvedEvent & { type: "order_completed" };

/** What an order's pieces cost the shop; `undefined` unless the catalog states it of every one. */
function costOfOrder(order: Completed, costOf: Resolving["costOf"]): number | undefined {
  if (!costOf || order.lines.length === 0) return undefined;
  const { currency } = revenueOf(order);
  let sum = 0;
  for (const { item, quantity } of order.lines) {
    const cost = costOf(item, currency);
    if (cost === undefined) return undefined;
    sum += cost * quantity;
  }
  return Number.isSafeInteger(sum) ? sum : undefined;
}
