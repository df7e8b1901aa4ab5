import type { VisitorId } from "../core/primitives/ids.ts";
import { equalBytes, fromBase64url, hmac, toBase64url } from "./hmac.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

const RANDOM_BYTES = 12;
const CHECK_BYTES = 6;
const OURS = /^v_([A-Za-z0-9_-]{24})$/;

type Secret = { readonly CONCIERGE_SECRET: string };

/**
 * A new visitor id: 96 random bits that nobody guesses, and 48 bits that say it was made here for this site. With `origin`,
 * something that only the same browser knows, the same id is made again: a request that is repeated because its answer was
 * lost must not become two visitors.
 */
export async function mintVisitorId(env: Secret, site: string, origin?: string): Promise<VisitorId> {
  const bytes = new Uint8Array(RANDOM_BYTES + CHECK_BYTES);
  const random = bytes.subarray(0, RANDOM_BYTES);
  if (origin === undefined) crypto.getRandomValues(random);
  else
    random.set(
      (await hmac(env.CONCIERGE_SECRET, "visitor-origin", lengthPrefixed([site, origin]))).subarray(
        0,
        RANDOM_BYTES,
      ),
    );
  bytes.set(await checkOf(env, site, random), RANDOM_BYTES);
  return `v_${toBase64url(bytes)}`;
}

/**
 * Whether an id has the form of ours and was not made here for this site: invented, or another shop's. Such a one wakes
 * no object. Ids of other trackers have another form and are never forged; they pay from the budget of new visitors.
 */
export async function isForgedVisitorId(env: Secret, site: string, id: string): Promise<boolean> {
  const match = OURS.exec(id);
  if (!match) return false;
  const name = lengthPrefixed([env.CONCIERGE_SECRET, site, id]);
  if (genuine.has(name)) return false;
  const bytes = fromBase64url(match[1]!);
  if (!bytes) return false;
  const check = await checkOf(env, site, bytes.subarray(0, RANDOM_BYTES));
  if (!equalBytes(bytes.subarray(RANDOM_BYTES), check)) return true;
  if (genuine.size >= GENUINE_MAX) genuine.clear();
  genuine.add(name);
  return false;
}

/** Ids found lately to be ours, so that a visitor's are checked once for many pages. Who guesses ids fills nothing. */
const genuine = new Set<string>();
const GENUINE_MAX = 5_000;

async function checkOf(env: Secret, site: string, random: Uint8Array): Promise<Uint8Array> {
  const text = lengthPrefixed([site, toBase64url(random)]);
  return (await hmac(env.CONCIERGE_SECRET, "visitor-id", text)).subarray(0, CHECK_BYTES);
}
