import { isbot } from "isbot";
import { emptyBuckets, take } from "../core/budget/token-bucket.ts";
import { MINUTE_MS, type EpochMs } from "../core/primitives/time.ts";
import { factorOf, type BudgetSettings } from "./budget.ts";

/**
 * Settings of the deployment. `ALLOW_HEADLESS=1`: browsers without a window, scripts, and callers that name no browser,
 * count as people. For one's own machine, tests and demos; whoever calls itself a crawler stays one.
 */
export type BotSettings = { readonly ALLOW_HEADLESS?: string | undefined };

const CRAWLER = /bot|crawl|spider|slurp/i;

/** Longest name of a browser looked into, in characters; the longest real one known has some 320. */
const USER_AGENT_LENGTH_MAX = 1_024;

/**
 * Whether a page's request says itself that no person is behind it. Asked for page keys only: a server that speaks with
 * its own key is no browser and need not look like one. A page call without a User-Agent comes from no browser: all send one.
 */
export function isBot(
  request: { readonly headers: { get(name: string): string | null } },
  env: BotSettings,
): boolean {
  const isHeadlessAllowed = env.ALLOW_HEADLESS === "1";
  const name = request.headers.get("user-agent")?.trim() ?? "";
  if (name === "") return !isHeadlessAllowed;
  if (name.length > USER_AGENT_LENGTH_MAX) return true;
  return isNamedBot(name) && (!isHeadlessAllowed || CRAWLER.test(name));
}

/** Names looked up lately: there are few, and the list of bots is long. */
const named = new Map<string, boolean>();
const NAMED_MAX = 500;

function isNamedBot(name: string): boolean {
  let isOne = named.get(name);
  if (isOne !== undefined) return isOne;
  isOne = isbot(name);
  if (named.size >= NAMED_MAX) named.clear();
  named.set(name, isOne);
  return isOne;
}

/**
 * Decisions of one visitor: 60 a minute for as long as one likes, 90 at once. Whoever wants more is taken for a machine for
 * ten minutes. Somebody who opens a page every two seconds asks 30 times a minute.
 */
const DECISIONS = { perSecond: 1, burst: 90 } as const;
const SUSPICION_MS = 10 * MINUTE_MS;
const VISITORS_MAX = 20_000;

let decisions = emptyBuckets(0);

/**
 * Counts a decision and says whether this visitor decides too often for a person: then the answer is contextual, no object
 * wakes, and nothing is learned or counted. Approximate: each isolate counts for itself.
 */
export function isTooBusy(env: BudgetSettings, site: string, visitor: string, now: EpochMs): boolean {
  if (decisions.capacity === 0) decisions = emptyBuckets(VISITORS_MAX);
  const factor = factorOf(env);
  const rate = { perSecond: DECISIONS.perSecond * factor, burst: DECISIONS.burst * factor };
  return take(decisions, `${site} ${visitor}`, rate, now, SUSPICION_MS) > 0;
}
