import type { Shopper } from "./split.ts";

/** Reference algorithms that ours are compared with. None of them is part of the product. */
type Reference = { readonly name: string; readonly predict: (shopper: Shopper) => readonly string[] };

const LIST = 20;
type Vector = ReadonlyMap<string, number>;

const best = (scores: Iterable<readonly [string, number]>): string[] =>
  [...scores]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, LIST)
    .map(([item]) => item);

function counts(orders: readonly (readonly string[])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const item of orders.flat()) sums.set(item, (sums.get(item) ?? 0) + 1);
  return sums;
}

/** The same list for everybody; then what the person bought most often, filled up with it. */
export function topLists(all: readonly Shopper[]): Reference[] {
  const popular = best(counts(all.flatMap(({ orders }) => orders)));
  return [
    { name: "global top", predict: () => popular },
    { name: "personal top", predict: ({ orders }) => best(counts(orders)) },
    {
      name: "personal top + global top",
      predict: ({ orders }) => [...new Set([...best(counts(orders)), ...popular])].slice(0, LIST),
    },
  ];
}

/** Everybody's vectors as one table: the rows of items and of people, and a dense sheet for sums. */
function tableOf(vectors: readonly Vector[]) {
  const items: string[] = [];
  const index = new Map<string, number>();
  const rows = vectors.map((vector) => {
    const at = Uint32Array.from(vector.keys(), (item) => {
      if (!index.has(item)) index.set(item, items.push(item) - 1);
      return index.get(item)!;
    });
    return { at, weights: Float64Array.from(vector.values()) };
  });
  const owners: number[][] = items.map(() => []);
  const amounts: number[][] = items.map(() => []);
  for (const [person, { at, weights }] of rows.entries())
    at.forEach((item, i) => {
      owners[item]!.push(person);
      amounts[item]!.push(weights[i]!);
    });
  /** Products of one person's vector with everybody's. */
  const products = (person: number): Float64Array => {
    const sums = new Float64Array(rows.length);
    const { at, weights } = rows[person]!;
    at.forEach((item, i) => {
      const people = owners[item]!;
      for (let p = 0; p < people.length; p++) sums[people[p]!]! += weights[i]! * amounts[item]![p]!;
    });
    return sums;
  };
  const listOf = (scores: Float64Array): string[] => {
    const least = Math.max(scores.slice().sort().at(-LIST) ?? 0, Number.MIN_VALUE);
    const top: [string, number][] = [];
    for (let i = 0; i < scores.length; i++) if (scores[i]! >= least) top.push([items[i]!, scores[i]!]);
    return best(top);
  };
  return { items, rows, products, listOf, addTo };

  function addTo(scores: Float64Array, person: number, share: number): void {
    const { at, weights } = rows[person]!;
    for (let i = 0; i < at.length; i++) scores[at[i]!]! += share * weights[i]!;
  }
}

/**
 * TIFU-KNN with its authors' setting for Ta-Feng: orders in seven groups, fading .9 within and .7 between, the person's
 * vector 0.7 and the mean of 300 nearest ones 0.3. Source: Hu et al., SIGIR 2020.
 */
export function tifuKnn(all: readonly Shopper[]): Reference {
  const [groupsMax, within, between, own, nearest] = [7, 0.9, 0.7, 0.7, 300];
  const vectors = all.map(({ orders }): Vector => {
    const vector = new Map<string, number>();
    const groups = Math.min(groupsMax, orders.length);
    for (let group = 0; group < groups; group++) {
      const from = Math.round((group * orders.length) / groups);
      const to = Math.round(((group + 1) * orders.length) / groups);
      for (let i = from; i < to; i++) {
        const weight = (between ** (groups - 1 - group) * within ** (to - 1 - i)) / (to - from) / groups;
        for (const item of orders[i]!) vector.set(item, (vector.get(item) ?? 0) + weight);
      }
    }
    return vector;
  });
  const table = tableOf(vectors);
  const squares = table.rows.map(({ weights }) => weights.reduce((sum, weight) => sum + weight * weight, 0));
  const place = new Map(all.map(({ id }, i) => [id, i]));
  const predict = ({ id }: Shopper): string[] => {
    const me = place.get(id)!;
    const far = table.products(me).map((product, other) => squares[other]! - 2 * product);
    far[me] = Infinity;
    const reach = far.slice().sort()[Math.min(nearest, far.length) - 1]!;
    const near = [...far.keys()].filter((other) => far[other]! <= reach).slice(0, nearest);
    const scores = new Float64Array(table.items.length);
    table.addTo(scores, me, own);
    for (const other of near) table.addTo(scores, other, (1 - own) / near.length);
    return table.listOf(scores);
  };
  return { name: "TIFU-KNN", predict };
}

/**
 * UP-CF: popularity within each person's last ten orders, summed over everybody by asymmetric cosine (α = .25) to the
 * tenth power. Source: Faggioli, Polato and Aiolli, UMAP 2020.
 */
export function upCf(all: readonly Shopper[]): Reference {
  const [recent, locality, asymmetry] = [10, 10, 0.25];
  const bought = tableOf(all.map(({ orders }) => new Map(orders.flat().map((item) => [item, 1]))));
  const table = tableOf(
    all.map(({ orders }) => {
      const last = orders.slice(-recent);
      return new Map([...counts(last)].map(([item, n]) => [item, n / last.length]));
    }),
  );
  const sizes = bought.rows.map(({ at }) => at.length);
  const place = new Map(all.map(({ id }, i) => [id, i]));
  const predict = ({ id }: Shopper): string[] => {
    const me = place.get(id)!;
    const scores = new Float64Array(table.items.length);
    for (const [other, common] of bought.products(me).entries()) {
      if (common === 0) continue;
      const alike = common / (sizes[me]! ** asymmetry * sizes[other]! ** (1 - asymmetry));
      table.addTo(scores, other, alike ** locality);
    }
    return table.listOf(scores);
  };
  return { name: "UP-CF", predict };
}
