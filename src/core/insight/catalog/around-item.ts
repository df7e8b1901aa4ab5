import { obstacle, settledOf, type Standing } from "../../decide/eligibility.ts";
import type { Scene } from "../../decide/scene.ts";
import { setScene } from "../../decide/set-scene.ts";
import { rulesFor } from "../../decide/slot-plan.ts";
import { whyOf } from "../../decide/why.ts";
import type { Candidate } from "../../decide/strategy/strategy.ts";
import type { World } from "../../decide/world.ts";
import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import type { Why } from "../../wire/decide.ts";
import { labelOf, told, type ItemLabel, type Told } from "./item-figures.ts";
import { LISTS, PER_LIST, type ListName } from "./lists.ts";
import { tiesAmong, type Tie } from "./ties.ts";

/** One item beside another, as a recipe puts it there. */
export type Neighbouring = ItemLabel & {
  /** As the recipe scores it: to be compared within its list only. */
  readonly score: number;
  /** Of the list's highest score, in [0, 1]. */
  readonly strength: number;
  /** What puts it there, in a sentence a shopper could read. */
  readonly why: Why;
  /** Different people behind it; absent where people play no part. `supportersCap` means that or more. */
  readonly customers?: Told;
  /** How often they did it. */
  readonly times?: Told;
  /** Why nobody is shown it beside the item now; absent: it may be shown. */
  readonly obstacle?: string;
};

export type Around = {
  readonly lists: readonly { readonly list: ListName; readonly items: readonly Neighbouring[] }[];
  /** What ties the items of the lists to each other. */
  readonly ties: readonly Tie[];
  /** Rules of the config that are about the item itself, whoever visits. */
  readonly rules: readonly { readonly rule: string; readonly does: string }[];
  /** People beyond this many are not told apart. */
  readonly supportersCap: number;
};

/**
 * What goes with an item and why: every list a slot on its page could be filled from, for a visitor of whom nothing is known.
 * As dear as a decision with five slots.
 * @param ordinal an item of the catalog
 */
export function aroundItem(world: World, ordinal: number, now: EpochMs): Around {
  const { catalog } = world;
  const scene = sceneOfNobody(world, catalog.items[ordinal]!.id, now);
  const actions = rulesFor(scene, undefined).flatMap((rule) => rule.actions);
  const standing: Standing = {
    repeatCurrent: false,
    types: [],
    actions,
    takenFamilies: new Set(),
    cap: { times: 0, days: 1 },
    settled: settledOf(scene),
  };
  const lists = LISTS.map(({ list, find }) => {
    const found = find(scene, ordinal).slice(0, PER_LIST);
    const most = found.reduce((max, { score }) => Math.max(max, score), 0);
    return { list, items: found.map((one) => neighbouring(scene, standing, one, most)) };
  });
  const near = [...new Set(lists.flatMap(({ items }) => items.map(({ id }) => id)))];
  return {
    lists,
    ties: tiesAmong(
      world,
      near.map((id) => catalog.ordinal.get(id)!),
    ),
    rules: rulesAbout(world, catalog.items[ordinal]!.id),
    supportersCap: world.model.supportersCap,
  };
}

/** Somebody of whom nothing is known, on an item's page. */
export const sceneOfNobody = (world: World, item: ItemId, now: EpochMs): Scene =>
  setScene(
    world,
    {
      now,
      page: { type: "product", item },
      market: undefined,
      locale: undefined,
      device: undefined,
      cart: [],
      exclude: [],
    },
    undefined,
  );

function neighbouring(
  scene: Scene,
  standing: Standing,
  { ordinal, score, evidence }: Candidate,
  most: number,
): Neighbouring {
  const { world } = scene;
  const code = obstacle(scene, standing, ordinal, evidence.code);
  return {
    ...labelOf(world.catalog.items[ordinal]!),
    score,
    strength: most > 0 ? score / most : 0,
    why: whyOf(world, ordinal, evidence),
    ...("customers" in evidence ? { customers: told(evidence.customers, world.model.minCustomers) } : {}),
    ...("times" in evidence ? { times: told(evidence.times, world.model.minCustomers) } : {}),
    ...(code === undefined ? {} : { obstacle: code }),
  };
}

function rulesAbout({ config }: World, id: ItemId): Around["rules"] {
  return config.rules.flatMap((rule) =>
    rule.actions.flatMap(({ action, items }) => {
      const names = action.do === "pin" ? action.items.includes(id) : items?.has(id);
      return names ? [{ rule: rule.id, does: action.do }] : [];
    }),
  );
}
