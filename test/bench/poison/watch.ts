import type { Click, Invoice } from "../shop-data.ts";
import { differencing, type Act, type Game } from "./differencing.ts";
import { table } from "./report.ts";
import { MIN_CUSTOMERS, ordersOf, visitsOf } from "./shop.ts";

const DAY_OF_OTHERS = 50;

export const actsOfBaskets = (baskets: readonly Invoice[]): Act[] =>
  ordersOf(baskets).map((fact) => ({ facts: [fact], items: fact.items }));

export function actsOfVisits(clicks: readonly Click[]): Act[] {
  const visits = Map.groupBy(visitsOf(clicks), ({ who }) => who);
  return [...visits.values()]
    .map((facts) => ({ facts, items: [...new Set(facts.flatMap(({ items }) => items))] }))
    .sort((a, b) => a.facts.at(-1)!.at - b.facts.at(-1)!.at);
}

/** What watching the lists tells of one person, with and without steady rows, live and in batches. */
export function watch(acts: readonly Act[], targets: number) {
  // Whoever could be told apart without any threshold is told apart plainly; a share of the targets shows it.
  const control = Math.min(targets, 150);
  const games: (Game & { readonly name: string })[] = [
    { name: "k = 1, live", isGuarded: false, minCustomers: 1, targets: control, others: 0 },
    { name: "k = 5, live", isGuarded: false, minCustomers: MIN_CUSTOMERS, targets: control, others: 0 },
    {
      name: `k = 5, batches of ${DAY_OF_OTHERS + 1}`,
      isGuarded: false,
      minCustomers: MIN_CUSTOMERS,
      targets: control,
      others: DAY_OF_OTHERS,
    },
    {
      name: "product: k = 5, live, steady rows",
      isGuarded: true,
      minCustomers: MIN_CUSTOMERS,
      targets,
      others: 0,
    },
    {
      name: `product: k = 5, batches of ${DAY_OF_OTHERS + 1}, steady rows`,
      isGuarded: true,
      minCustomers: MIN_CUSTOMERS,
      targets: control,
      others: DAY_OF_OTHERS,
    },
  ];
  const played = games.map((game) => ({ name: game.name, ...differencing(acts, game) }));
  console.log(
    table([
      ["published", "targets", "AUC", "anything pointed at it"],
      ...played.map((one) => [one.name, one.targets, one.auc, one.pointedAt]),
    ]),
  );
  return played;
}
