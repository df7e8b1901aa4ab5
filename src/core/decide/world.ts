import type { CatalogItem } from "../catalog/item.ts";
import type { CatalogIndex } from "../catalog/catalog-index.ts";
import type { CompiledConfig } from "../config/compile.ts";
import type { Allocation } from "../experiment/assign.ts";
import type { ValueModel } from "../value/value-model.ts";
import type { ModelSnapshot } from "../recommend/snapshot/snapshot.ts";

/** What every decision of a site shares: its rules, its items, and what was learned about them. */
export type World = {
  readonly config: CompiledConfig;
  readonly catalog: CatalogIndex;
  readonly model: ModelSnapshot;
  /**
   * Catalog ordinal → model index and back; -1 where the other side does not know the item, and for sensitive items:
   * what people did with those neither speaks for another item nor brings them up.
   */
  readonly toModel: Int32Array;
  readonly toCatalog: Int32Array;
  /** Ordinals of sensitive items: a decision does not even remember that they were looked at. */
  readonly sensitive: ReadonlySet<number>;
  /** Present shares of bandits, by the experiment's key. */
  readonly allocations: Allocations;
  /** What customers' values are worked out by; absent while the shop has too few of them. */
  readonly value: ValueModel | undefined;
};

export type Allocations = ReadonlyMap<string, Allocation>;

/** Joins the parts. Linear in items; done when the catalog or the model changed, not per decision. */
export function joinWorld(
  config: CompiledConfig,
  catalog: CatalogIndex,
  model: ModelSnapshot,
  allocations: Allocations = new Map(),
  value?: ValueModel,
): World {
  const toModel = new Int32Array(catalog.items.length).fill(-1);
  const toCatalog = new Int32Array(model.items.length).fill(-1);
  const sensitive = new Set<number>();
  catalog.items.forEach((item, ordinal) => {
    if (isSensitive(item, config)) sensitive.add(ordinal);
  });
  model.items.forEach((id, index) => {
    const ordinal = catalog.ordinal.get(id);
    if (ordinal === undefined || sensitive.has(ordinal)) return;
    toModel[ordinal] = index;
    toCatalog[index] = ordinal;
  });
  return { config, catalog, model, toModel, toCatalog, sensitive, allocations, value };
}

const isSensitive = (item: CatalogItem, { config }: CompiledConfig): boolean =>
  item.sensitive === true || config.sensitiveTypes.some((type) => item.type?.startsWith(type) === true);
