import { secondsToMidnight } from "../core/budget/ceiling.ts";
import { networkPrefix } from "../core/budget/prefix.ts";
import {
  bucketOf,
  emptyBuckets,
  pay,
  waitMs,
  type BucketTable,
  type Rate,
} from "../core/budget/token-bucket.ts";
import { dayOf, type EpochMs } from "../core/primitives/time.ts";
import type { Problem } from "../core/problem/problem.ts";
import { hmac } from "./hmac.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/**
 * What one isolate lets through, by the narrowest thing first. Approximate by design: every isolate counts for itself, so
 * a caller who reaches several gets several times as much, while refusing costs no object a thought.
 */
export const RATES = {
  /** A person clicks; a page asks once or twice a click. 60 requests in ten seconds is no person. */
  visitor: { perSecond: 6, burst: 60 },
  /**
   * Visitor ids not met before, per network. A carrier or a campus may hide thousands behind one /24: ten newcomers a
   * second are a tenth of a very busy shop, and a hundred at once the office that opens one mail together.
   */
  newVisitors: { perSecond: 10, burst: 100 },
  /** A tenth of the key's: one network alone can never use up what is there for all. */
  network: { perSecond: 200, burst: 400 },
  /**
   * Beyond twice what a network may, it is refused at the door, for all sites together: even saying no costs a few tenths of a
   * millisecond once a body was read, and a flood is not owed them.
   */
  door: { perSecond: 400, burst: 800 },
  /** Requests about one known customer, whoever sends them: one object is one line of work, and a request takes 500 events. */
  customer: { perSecond: 10, burst: 60 },
  /** The most that even one request after the other may come to. */
  customerInTurn: { perSecond: 40, burst: 200 },
  /** A shop's whole traffic in one isolate, which serves a few thousand requests a second at best. */
  key: { perSecond: 2_000, burst: 4_000 },
} as const satisfies Readonly<Record<string, Rate>>;

/** Whoever spends is named by what they are: `daily_ceiling` is the site's own. */
export type BudgetKind = keyof typeof RATES | "daily_ceiling";

export type Spending = {
  readonly site: string;
  /** The key's digest, or its text. */
  readonly key: string;
  /** Absent for server and person keys: one server speaks for all its customers. */
  readonly visitor?: string | undefined;
  /** From `prefixOf`. Absent for server and person keys: theirs is one address by nature. */
  readonly prefix?: string | undefined;
  /** Whether this request brings an id that was not minted here, or has one minted. */
  readonly isNew: boolean;
};

export type Spent =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problem: Problem;
      readonly retryAfterS: number;
      readonly which: BudgetKind;
    };

/** All callers without an address share this: a machine of one's own, where nobody else is there to be kept waiting. */
const NO_ADDRESS = "";
/** Callers remembered per isolate: 74,000 in all. */
const CAPACITY = {
  visitor: 32_000,
  newVisitors: 8_000,
  network: 8_000,
  door: 8_000,
  customer: 8_000,
  customerInTurn: 8_000,
  key: 2_000,
} as const;

const tables: Partial<Record<keyof typeof RATES, BucketTable>> = {};

/** Settings of the deployment. `BUDGET_FACTOR`, a number as text, multiplies every rate: for load tests and very large shops. */
export type BudgetSettings = { readonly BUDGET_FACTOR?: string | undefined };

/**
 * The network a request comes from. Only `CF-Connecting-IP` is believed: Cloudflare sets it itself, while any client can
 * write `X-Forwarded-For`. A proxy of one's own in front of `workerd` must set it too, and drop the client's.
 */
export function prefixOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip");
  return (address === null ? undefined : networkPrefix(address)) ?? NO_ADDRESS;
}

/** Labels of this isolate's networks, so that a busy one costs no signature per request. Of one day: emptied at its end. */
const labels = new Map<string, number>();
const LABELS_MAX = 20_000;
let labelsDay = "";

/**
 * A label of the network a request comes from, for one site and one day: two requests of that day have the same when
 * they come from the same network. It leads back to no address without the secret, and tomorrow's differs. 32 bits, not
 * 0; `undefined` where no address is known.
 */
export async function networkLabel(
  env: { readonly CONCIERGE_SECRET: string },
  site: string,
  request: Request,
  now: EpochMs,
): Promise<number | undefined> {
  const prefix = prefixOf(request);
  if (prefix === NO_ADDRESS) return undefined;
  const day = dayOf(now);
  if (labelsDay !== day || labels.size >= LABELS_MAX) labels.clear();
  labelsDay = day;
  const name = lengthPrefixed([site, day, prefix]);
  const known = labels.get(name);
  if (known !== undefined) return known;
  const mac = await hmac(env.CONCIERGE_SECRET, "network-label", name);
  const label = new DataView(mac.buffer, mac.byteOffset).getUint32(0) || 1;
  labels.set(name, label);
  return label;
}

/**
 * Takes one request from every budget it belongs to, or from none when one is used up: a refused flood takes nothing from
 * those it shares a wider budget with. Problem: `budget_spent`, for a 429 with `Retry-After`.
 */
export function spend(env: BudgetSettings, spending: Spending, now: EpochMs): Spent {
  const { site, key, visitor, prefix, isNew } = spending;
  const factor = factorOf(env);
  const taken: [BucketTable, number, Rate][] = [];
  for (const [kind, name] of [
    ["visitor", visitor],
    ["newVisitors", isNew ? prefix : undefined],
    ["network", prefix],
    ["key", key],
  ] as const) {
    if (name === undefined) continue;
    const rate = rateOf(kind, name, factor);
    const table = (tables[kind] ??= emptyBuckets(CAPACITY[kind]));
    const slot = bucketOf(table, `${site} ${name}`);
    const wait = waitMs(table, slot, rate, now);
    if (wait > 0) return refused(kind, Math.ceil(wait / 1000));
    taken.push([table, slot, rate]);
  }
  for (const [table, slot, rate] of taken) pay(table, slot, rate, now);
  return { ok: true };
}

/** Calls that store something and are under way, by the id of the object. */
const underWay = new Map<string, number>();

/** Runs a call that stores something at one person's object. */
export async function storing<T>(object: string, call: () => Promise<T>): Promise<T> {
  underWay.set(object, (underWay.get(object) ?? 0) + 1);
  try {
    return await call();
  } finally {
    const left = underWay.get(object)! - 1;
    if (left > 0) underWay.set(object, left);
    else underWay.delete(object);
  }
}

/**
 * Takes one request from what may come in about one person, by the id of their object. For whom servers and devices speak for.
 * Whoever sends one request after the other is let in four times as fast: what piles up is what keeps others waiting.
 */
export function spendOnCustomer(env: BudgetSettings, object: string, now: EpochMs): Spent {
  const most = toPay("customerInTurn", object, env);
  const mostWait = waitMs(most.table, most.slot, most.rate, now);
  if (mostWait > 0) return refused("customerInTurn", Math.ceil(mostWait / 1000));
  const { table, slot, rate } = toPay("customer", object, env);
  const wait = waitMs(table, slot, rate, now);
  if (wait > 0 && underWay.has(object)) return refused("customer", Math.ceil(wait / 1000));
  if (wait === 0) pay(table, slot, rate, now);
  pay(most.table, most.slot, most.rate, now);
  return { ok: true };
}

function toPay(kind: keyof typeof RATES, name: string, env: BudgetSettings) {
  const table = (tables[kind] ??= emptyBuckets(CAPACITY[kind]));
  return { table, slot: bucketOf(table, name), rate: rateOf(kind, name, factorOf(env)) };
}

/**
 * Why a page's request is not even read: its network floods. Decided by headers alone; who brings a key in a header is no page,
 * and who has no address is alone on their own machine.
 */
export function refusalAtDoor(env: BudgetSettings, request: Request, now: EpochMs): Problem | undefined {
  if (request.method !== "POST" || request.headers.has("authorization")) return undefined;
  const prefix = prefixOf(request);
  if (prefix === NO_ADDRESS) return undefined;
  const table = (tables.door ??= emptyBuckets(CAPACITY.door));
  const rate = rateOf("door", prefix, factorOf(env));
  const slot = bucketOf(table, prefix);
  const wait = waitMs(table, slot, rate, now);
  if (wait > 0) {
    const { problem, retryAfterS } = refused("door", Math.ceil(wait / 1000));
    return { ...problem, retryAfterS };
  }
  pay(table, slot, rate, now);
  return undefined;
}

/** Calls to people's objects that this isolate made and the site's object was not told of yet. */
const calls = new Map<string, number>();

/** To be said before each call to a person's object. */
export function noteObjectCall(site: string, count = 1): void {
  calls.set(site, (calls.get(site) ?? 0) + count);
}

/** What the next refresh of the site will report. */
export const unreportedCalls = (site: string): number => calls.get(site) ?? 0;

/** Takes the count to report it. If the report fails, `noteObjectCall` puts it back. */
export function takeSpent(site: string): number {
  const count = unreportedCalls(site);
  calls.delete(site);
  return count;
}

/** Refuses for the rest of the UTC day what a site over its daily ceiling cannot take any more. */
export const overCeiling = (now: EpochMs): Spent & { readonly ok: false } =>
  refused("daily_ceiling", secondsToMidnight(now));

function rateOf(kind: keyof typeof RATES, name: string, factor: number): Rate {
  const isShared = name === NO_ADDRESS && kind !== "key" && kind !== "visitor";
  const { perSecond, burst } = RATES[isShared ? "key" : kind];
  return { perSecond: perSecond * factor, burst: burst * factor };
}

/** By how much every rate is multiplied. */
export function factorOf(env: BudgetSettings): number {
  const factor = Number(env.BUDGET_FACTOR ?? "1");
  return factor > 0 && Number.isFinite(factor) ? factor : 1;
}

const WORDS: Readonly<Record<BudgetKind, string>> = {
  visitor: "this visitor made too many requests",
  newVisitors: "too many new visitors came from this network",
  network: "too many requests came from this network",
  customer: "too many requests came about this customer",
  customerInTurn: "too many requests came about this customer",
  door: "too many requests came from this network",
  key: "too many requests came with this key",
  daily_ceiling: "the site has used up what its owner allows it per day",
};

function refused(which: BudgetKind, retryAfterS: number): Spent & { readonly ok: false } {
  const unit = retryAfterS === 1 ? "second" : "seconds";
  return {
    ok: false,
    which,
    retryAfterS,
    problem: {
      code: "budget_spent",
      detail: `Nothing was stored: ${WORDS[which]}. Try again in ${retryAfterS} ${unit}.`,
      cure: "Wait as `Retry-After` says, then send the same again: ids make repeating safe.",
    },
  };
}
