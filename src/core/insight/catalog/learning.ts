import { isAvailable } from "../../catalog/item.ts";
import { STRATEGIES, type StrategyName } from "../../config/config.ts";
import type { World } from "../../decide/world.ts";
import { isWarm } from "../../recommend/content/stand-ins.ts";
import { ROW_NAMES, type RowName } from "../../recommend/settings.ts";
import type { EpochMs } from "../../primitives/time.ts";
import type { RaggedRows } from "../../recommend/snapshot/snapshot.ts";

/**
 * How far a recipe has come. `none`: it has nothing to go by yet. `young`: it speaks for less than four fifths of what is looked
 * at. `mature`: for that and more. `ready`: it learns nothing and works from the first day.
 */
export type LearningState = "none" | "young" | "mature" | "ready";

/** Share of the visits that a mature recipe speaks for. */
const MATURE_SHARE = 0.8;

export type RecipeLearning = {
  readonly strategy: StrategyName;
  readonly state: LearningState;
  /** Items that can be had and that it has something to say of. */
  readonly items: number;
  /** Of all items that can be had. */
  readonly coverage: number;
  /** Of the visits to items that can be had: what people look at is learned first. */
  readonly visitCoverage: number;
};

export type Learning = {
  readonly version: number;
  readonly publishedAt: EpochMs;
  /** Items that enough people saw or bought to tell of them, and how many that takes. */
  readonly items: number;
  readonly minCustomers: number;
  readonly baskets: number;
  readonly visits: number;
  readonly sessions: number;
  /** Items that can be had, and how many of them are cold. */
  readonly available: number;
  readonly cold: number;
  readonly recipes: readonly RecipeLearning[];
  /** Entries and bytes of each kind of row, as an isolate holds them. */
  readonly rows: readonly { readonly row: RowName; readonly entries: number; readonly bytes: number }[];
  readonly bytes: number;
};

/** What the model that decides now has learned, recipe by recipe. Linear in the catalog; no storage is read. */
export function learningOf(world: World): Learning {
  const { model } = world;
  const { catalog, toModel } = world;
  const available = [...catalog.items.keys()].filter((ordinal) => isAvailable(catalog.items[ordinal]!));
  const visitsOf = (ordinal: number) => model.visits[toModel[ordinal]!] ?? 0;
  const visited = available.reduce((sum, ordinal) => sum + visitsOf(ordinal), 0);
  const recipes = STRATEGIES.filter((name) => name !== "pinned").map((strategy): RecipeLearning => {
    const says = SPEAKS[strategy];
    const spoken = available.filter((ordinal) => says(world, ordinal));
    const coverage = available.length === 0 ? 0 : spoken.length / available.length;
    const seen = spoken.reduce((sum, ordinal) => sum + visitsOf(ordinal), 0);
    const visitCoverage = visited === 0 ? 0 : seen / visited;
    const state =
      spoken.length === 0
        ? "none"
        : UNLEARNED.has(strategy)
          ? "ready"
          : visitCoverage >= MATURE_SHARE
            ? "mature"
            : "young";
    return { strategy, state, items: spoken.length, coverage, visitCoverage };
  });
  const rows = ROW_NAMES.map((row) => ({
    row,
    entries: model.rows[row].neighbours.length,
    bytes: bytesOf(model.rows[row]),
  }));
  const perItem = [model.visits, model.inBaskets, model.buyers, model.heat, model.popular, model.trending];
  return {
    version: model.version,
    publishedAt: model.publishedAt,
    items: model.items.length,
    minCustomers: model.minCustomers,
    baskets: model.baskets,
    visits: model.visits.reduce((sum, one) => sum + one, 0),
    sessions: model.sessions.labels.length,
    available: available.length,
    cold: available.filter((ordinal) => !isWarm(world, ordinal)).length,
    recipes,
    rows,
    bytes:
      rows.reduce((sum, { bytes }) => sum + bytes, 0) +
      perItem.reduce((sum, { byteLength }) => sum + byteLength, 0),
  };
}

const bytesOf = ({ offsets, neighbours, scales, weights, times, customers }: RaggedRows): number =>
  [offsets, neighbours, scales, weights, times, customers].reduce((sum, part) => sum + part.byteLength, 0);

/** Recipes that go by what the shop says and by what one person did. */
const UNLEARNED: ReadonlySet<StrategyName> = new Set<StrategyName>([
  "recently_viewed",
  "buy_again",
  "new_arrivals",
  "same_type",
]);

type Speaks = (world: World, ordinal: number) => boolean;

const hasEntries =
  (row: RowName): Speaks =>
  ({ model, toModel }, ordinal) => {
    const index = toModel[ordinal]!;
    if (index < 0) return false;
    const { offsets, neighbours } = model.rows[row];
    const from = offsets[index]!;
    const to = offsets[index + 1]!;
    // A row may hold its owner alone.
    return to - from > 1 || (to - from === 1 && neighbours[from] !== index);
  };
const isPaired: Speaks = ({ catalog }, ordinal) => (catalog.items[ordinal]!.goesWith?.length ?? 0) > 0;
const isBought = hasEntries("coPurchase");
const isViewed = hasEntries("coVisit");
const isTradedUp = hasEntries("tradeUp");
const isCounted: Speaks = ({ model, toModel }, ordinal) =>
  (model.heat[toModel[ordinal]!] ?? 0) > 0 || (model.buyers[toModel[ordinal]!] ?? 0) > 0;
const isInsensitive: Speaks = ({ sensitive }, ordinal) => !sensitive.has(ordinal);

/** Whether a recipe has something of its own to say of an item. */
const SPEAKS: Readonly<Record<StrategyName, Speaks>> = {
  cross_sell: (world, ordinal) => isBought(world, ordinal) || isPaired(world, ordinal),
  up_sell: isTradedUp,
  also_viewed: isViewed,
  recently_viewed: isInsensitive,
  trending: isCounted,
  for_you: isViewed,
  buy_again: ({ catalog }, ordinal) => catalog.items[ordinal]!.replenishDays !== undefined,
  new_arrivals: (world, ordinal) => isInsensitive(world, ordinal) && !isWarm(world, ordinal),
  bundle: isBought,
  same_type: ({ catalog }, ordinal) => catalog.items[ordinal]!.type !== undefined,
  // A hand, not a recipe: it is told with the rules.
  pinned: () => false,
};
