import type { CatalogIndex } from "../catalog/catalog-index.ts";
import { isAvailable } from "../catalog/item.ts";
import { applyStated } from "../preference/apply-stated.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Seen } from "../profile/profile.ts";
import { isDue } from "./strategy/buy-again.ts";
import type { CompiledAction } from "../config/compile.ts";
import type { Attributes } from "../segment/evaluate.ts";
import { isCapped, seenByFamily, type Cap } from "./fatigue.ts";
import { itemAttributes } from "./set-scene.ts";
import { perView } from "./per-view.ts";
import type { Scene } from "./scene.ts";
import type { Evidence } from "./strategy/strategy.ts";

/** What a person has, does not want, and was shown, by family: a no to the red one is a no to the blue one. */
export type Settled = {
  readonly ownedAt: ReadonlyMap<number, EpochMs>;
  readonly refused: ReadonlySet<number>;
  readonly seen: ReadonlyMap<number, Seen>;
};

export type Standing = {
  readonly repeatCurrent: boolean;
  /** Product types the slot is limited to (path prefixes); empty: all. */
  readonly types: readonly string[];
  readonly actions: readonly CompiledAction[];
  /** Families already on the page, so that no slot repeats another's product. */
  readonly takenFamilies: ReadonlySet<number>;
  readonly cap: Cap;
  readonly settled: Settled;
};

/** Items as conditions see them, made once a decision however many actions ask. */
const described = new WeakMap<Scene, Map<number, Attributes>>();

function describe(scene: Scene, ordinal: number): Attributes {
  let items = described.get(scene);
  if (!items) described.set(scene, (items = new Map()));
  let attributes = items.get(ordinal);
  if (!attributes)
    items.set(ordinal, (attributes = itemAttributes(scene.world.catalog.items[ordinal]!, scene.market)));
  return attributes;
}

/** Whether a rule's action is about an item. */
export function isAbout(action: CompiledAction, scene: Scene, ordinal: number): boolean {
  const item = scene.world.catalog.items[ordinal]!;
  if (action.items && !action.items.has(item.id)) return false;
  return action.where === undefined || action.where(describe(scene, ordinal));
}

/** What is settled between this person and the shop's products; of a family bought more than once, the latest counts. */
export const settledOf = ({ view, world: { catalog } }: Scene): Settled =>
  view ? settledWith(view, catalog) : NOTHING_SETTLED;

const NOTHING_SETTLED: Settled = { ownedAt: new Map(), refused: new Set(), seen: new Map() };

const settledWith = perView((view, catalog: CatalogIndex): Settled => {
  const ownedAt = new Map<number, EpochMs>();
  const refused = new Set<number>();
  const familyOf = (id: string): number | undefined => catalog.family[catalog.ordinal.get(id) ?? -1];
  for (const [id, { at }] of view.owned) {
    const family = familyOf(id);
    if (family !== undefined) ownedAt.set(family, Math.max(at, ownedAt.get(family) ?? at));
  }
  for (const [id, { kind }] of view.feedback) {
    const family = kind === "not_this" || kind === "own_it" ? familyOf(id) : undefined;
    if (family !== undefined) refused.add(family);
  }
  return { ownedAt, refused, seen: seenByFamily(view, catalog) };
});

/**
 * Why an item may not be shown, or `undefined` when it may. Hard yes or no; scores play no part. Evidence of `buy_again`
 * stands for itself: its strategy knows when this person needs the item anew.
 */
export function obstacle(
  scene: Scene,
  standing: Standing,
  ordinal: number,
  code?: Evidence["code"],
): string | undefined {
  const { catalog } = scene.world;
  const item = catalog.items[ordinal]!;
  const family = catalog.family[ordinal]!;
  if (!isAvailable(item, scene.market)) return "not_available";
  if (scene.excluded.has(ordinal)) return "excluded";
  if (!standing.repeatCurrent && scene.current >= 0 && family === catalog.family[scene.current])
    return "current";
  if (scene.cart.some((inCart) => catalog.family[inCart] === family)) return "in_cart";
  if (standing.takenFamilies.has(family)) return "on_page";
  if (standing.settled.refused.has(family)) return "customer_said_no";
  if (scene.preferences.length > 0) {
    const about = { market: scene.market, isSensitive: scene.world.sensitive.has(ordinal) };
    if (applyStated(scene.preferences, item, about).isHidden) return "customer_said_no";
  }
  const ownedAt = standing.settled.ownedAt.get(family);
  const isNeeded =
    code === "buy_again" ||
    (ownedAt !== undefined &&
      item.replenishDays !== undefined &&
      isDue(ownedAt, item.replenishDays, scene.now));
  if (ownedAt !== undefined && !isNeeded) return "owned";
  if (isCapped(standing.settled.seen.get(family), standing.cap, scene.now)) return "capped";
  if (standing.types.length > 0 && !standing.types.some((type) => (item.type ?? "").startsWith(type)))
    return "other_type";
  for (const action of standing.actions) {
    if (action.action.do === "hide" && isAbout(action, scene, ordinal)) return "hidden";
    if (action.action.do === "filter" && !isAbout(action, scene, ordinal)) return "filtered";
  }
  return undefined;
}
