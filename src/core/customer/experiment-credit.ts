import { momentsOf, type MomentSums, type Totals } from "../experiment/measures.ts";
import { periodPart } from "../experiment/tally.ts";
import type { Order } from "../order/order.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import type { Delta } from "../profile/delta.ts";
import type { Exposure } from "../profile/profile.ts";
import type { Credit, Whole } from "./customer.ts";

/** How far back what a customer spent before an experiment is looked at. */
const BEFORE_MS = 90 * DAY_MS;

/** What this customer did for each experiment they are in: orders and clicks within the window after the exposure. */
export function creditsOf(customer: Whole): Map<string, Credit> {
  const credits = new Map<string, Credit>();
  for (const [experiment, exposure] of customer.profile.exposures) {
    const { variation, stake } = exposure;
    credits.set(experiment, {
      variation,
      ...(stake ? { stake } : {}),
      totals: totalsOf(customer, exposure),
    });
  }
  return credits;
}

function totalsOf(customer: Whole, { at, windowMs, clicks, stake }: Exposure): Totals {
  const totals: Record<string, number> = {};
  const add = (measure: keyof Totals, by: number) => {
    if (by !== 0) totals[measure] = (totals[measure] ?? 0) + by;
  };
  for (const order of customer.orders.values()) {
    const when = momentOf(order);
    if (when === undefined || when > at + windowMs || when < at - BEFORE_MS) continue;
    const { minor, refundedMinor } = order.counted!;
    const net = minor - refundedMinor;
    if (when < at) {
      add("before", net);
      continue;
    }
    add("orders", 1);
    add("revenue", net);
    add("margin", order.verdict!.marginMinor ?? 0);
    add("units", order.verdict!.units ?? 0);
    add("refunded", refundedMinor);
    if (order.verdict!.isInStore) add("inStore", net);
  }
  add("clicks", clicks ?? 0);
  if (hasOptedOut(customer, at)) add("optOuts", 1);
  const cap = stake?.cap;
  if (cap !== undefined)
    for (const measure of ["revenue", "margin", "before"])
      if ((totals[measure] ?? 0) > cap) totals[measure] = cap;
  return totals;
}

/** When an order happened that counts for experiments. */
const momentOf = (order: Order): EpochMs | undefined =>
  order.counted !== undefined && order.mayLearn ? order.verdict?.at : undefined;

/** Withdrawing analytics takes the customer out of all experiments, so only the other purposes can be told here. */
const hasOptedOut = ({ consent }: Whole, since: EpochMs): boolean =>
  (["personalization", "marketing"] as const).some((purpose) => {
    const grant = consent[purpose];
    return grant !== undefined && !grant.granted && grant.at >= since;
  });

/**
 * The differences that bring the ledger's moments up to date with this customer's totals. The ledger holds sums, and sums
 * of products, over customers; each customer's own totals are here, so differences are exact whatever came in whatever
 * order.
 */
export function creditChanges(customer: Whole): Delta[] {
  const next = creditsOf(customer);
  const deltas: Delta[] = [];
  for (const experiment of new Set([...customer.credits.keys(), ...next.keys()]))
    deltas.push(...changes(experiment, customer.credits.get(experiment), next.get(experiment)));
  customer.credits = next;
  return deltas;
}

/** The differences between two totals of one customer; absent: not in the experiment. */
export function changes(name: string, before: Credit | undefined, after: Credit | undefined): Delta[] {
  const sums = new Map<string, Delta>();
  const add = (credit: Credit | undefined, sign: 1 | -1) => {
    if (!credit) return;
    const moments = momentsOf(credit.totals);
    for (const [part, kept] of partsOf(credit, moments))
      for (const [metric, value] of Object.entries(kept)) {
        const key = `${part}\n${metric}`;
        const by = (sums.get(key)?.by ?? 0) + sign * value;
        sums.set(key, { family: "experiment", name, part, metric, by });
      }
  };
  add(before, -1);
  add(after, 1);
  return [...sums.values()].filter(({ by }) => by !== 0);
}

/** What a bandit learns from, beside what everybody reports: by the version of its shares, and by context. */
const BANDIT_MOMENTS = [
  "users",
  "buyers",
  "clickers",
  "revenue",
  "revenue*revenue",
  "margin",
  "margin*margin",
];

/** The pieces of an experiment's tally that a customer counts in. @example "b", and of a bandit "b#12" or "b#12@new" too */
function partsOf({ variation, stake }: Credit, moments: MomentSums): [part: string, MomentSums][] {
  const parts: [string, MomentSums][] = [[variation, moments]];
  if (stake?.v === undefined) return parts;
  const few = Object.fromEntries(Object.entries(moments).filter(([name]) => BANDIT_MOMENTS.includes(name)));
  parts.push([periodPart(variation, stake.v, stake.leaf), few]);
  return parts;
}
