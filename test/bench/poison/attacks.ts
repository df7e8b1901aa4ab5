import type { Click, Invoice } from "../shop-data.ts";
import { naiveAttack } from "./naive.ts";
import { flood } from "./networks.ts";
import { newcomer } from "./newcomer.ts";
import { basketQuality, crowded, sessionQuality } from "./quality.ts";
import { shown, table } from "./report.ts";
import { DAY_MS, lived, MIN_CUSTOMERS, ordersOf, timesSold, visitsOf } from "./shop.ts";
import { BUYERS, verifiedAttack } from "./verified.ts";

/** Naive attacks per bestseller. The defended ones are slower, and are played once per bestseller. */
const NAIVE_ROUNDS = 3;
/** Of the customers of a bestseller: a good new item, and a very good one. */
const NEWCOMER_SHARES = [0.2, 0.5];

/** False purchases and false pages on a shop of baskets, and what the defence costs it. */
export function attackBaskets(all: readonly Invoice[], isValid: boolean) {
  const end = all.at(-1)!.at - (isValid ? 30 * DAY_MS : 0);
  const cut = end - 30 * DAY_MS;
  const past = all.filter(({ at }) => at < cut);
  const later = all.filter(({ at }) => at >= cut && at <= end);
  const lists = past.map(({ items }) => items);

  const naive = naiveAttack(lists, NAIVE_ROUNDS);
  console.log(
    `\nCosine without defence: median ${naive} false baskets put a tail item beside a bestseller.\n`,
  );
  const verified = [
    { name: "no defence, new accounts", ...verifiedAttack(past, BUYERS[0]!, false, 0) },
    ...BUYERS.map((buyers) => ({ name: buyers.name, ...verifiedAttack(past, buyers, true, 0) })),
  ];
  console.log(
    table([
      ["purchases the shop confirmed", "median", "tenth", "got in"],
      ...verified.map((one) => [one.name, one.median, one.tenth, `${one.entered} of ${one.attempts}`]),
    ]),
  );
  const floods = [1, 100].map((networks) =>
    flood(ordersOf(past), timesSold(lists), { kind: "buy", companions: "one", networks }),
  );
  print("10,000 baskets told by pages", floods);
  const newcomers = NEWCOMER_SHARES.map((share) => ({
    share,
    unguarded: newcomer(past, share, false),
    guarded: newcomer(past, share, true),
  }));
  console.log("");
  console.log(
    table([
      ["honest new item taken along by", "days until shown by each of 5", "without defence"],
      ...newcomers.map((one) => [
        `${one.share * 100} %`,
        one.guarded.days.map((days) => shown(days)).join(" "),
        one.unguarded.days.map((days) => shown(days)).join(" "),
      ]),
    ]),
  );
  const quality = [MIN_CUSTOMERS].map((k) => ({
    minCustomers: k,
    unguarded: basketQuality(past, later, false, k),
    guarded: basketQuality(past, later, true, k),
  }));
  console.log("");
  console.log(
    table([
      ["baskets, clean", "seed HR@10", "defended", "basket HR@10", "defended"],
      ...quality.map((one) => [
        `${one.minCustomers} people`,
        one.unguarded.seedHr10,
        one.guarded.seedHr10,
        one.unguarded.basketHr10,
        one.guarded.basketHr10,
      ]),
    ]),
  );
  return { naive, verified, floods, newcomers, quality };
}

/** False visits on a shop of page views, and what the defence costs it. */
export function attackVisits(past: readonly Click[], later: readonly Click[]) {
  const facts = visitsOf(past);
  const seen = timesSold(past.map(({ item }) => [item]));
  const floods = [1, 100, 1_000].flatMap((networks) =>
    ["one", "bandwagon"].map((companions) => flood(facts, seen, { kind: "view", companions, networks })),
  );
  print("10,000 visits of pages", floods);
  const shared = crowded(past, 3_000);
  const quality = [MIN_CUSTOMERS, 1].map((k) => ({
    minCustomers: k,
    unguarded: sessionQuality(lived(facts, false, k).snapshot, later),
    guarded: sessionQuality(lived(facts, true, k).snapshot, later),
    guardedCrowded: sessionQuality(lived(shared, true, k).snapshot, later),
  }));
  console.log("");
  console.log(
    table([
      ["visits, clean", "HR@20", "defended", "defended, 3,000 networks"],
      ...quality.map((one) => [`${one.minCustomers} people`, one.unguarded, one.guarded, one.guardedCrowded]),
    ]),
  );
  return { floods, quality };
}

function print(title: string, floods: readonly ReturnType<typeof flood>[]): void {
  console.log("");
  console.log(
    table([
      [title, "networks", "lists", "changed", "new entries", "pushed into"],
      ...floods.map((one) => [
        one.companions,
        one.networks,
        one.lists,
        one.changedLists,
        one.newEntries,
        `${one.pushedInto} of 20`,
      ]),
    ]),
  );
}
