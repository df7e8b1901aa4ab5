import type { Env } from "../env.ts";
import { hmac, toHex } from "./hmac.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/** What an object is one of. The words are part of every name: they can never change. */
export type Kind =
  | "customer"
  | "visitor"
  | "site"
  | "model"
  | "ledger"
  | "courier"
  | "draft"
  | "import"
  | "unmatched";

const NAMESPACE = {
  customer: "CUSTOMER",
  visitor: "CUSTOMER",
  site: "SITE",
  model: "MODEL",
  ledger: "LEDGER",
  courier: "COURIER",
  draft: "DRAFT",
  import: "IMPORT",
  unmatched: "UNMATCHED",
} as const satisfies Record<Kind, keyof Env>;

/** Object ids of a site's sums beside its ledger, where they are spread over so many. */
export const ledgerShards = (env: Env, site: string, shards: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: shards - 1 }, async (_, i) =>
      (await objectId(env, "ledger", site, String(i + 1))).toString(),
    ),
  );

/** Ids made lately by this isolate: a visitor asks several times, and the shared objects are asked all the time. */
const lately = new Map<string, DurableObjectId>();
const LATELY_MAX = 5_000;

/**
 * The id of the object for (site, kind, id): the only place where one is made. The name is an HMAC, so it says nothing
 * about a person, and the object is addressed through the id's text, because an object addressed by name writes that
 * name in clear into the platform's alarm table, where it outlives even `deleteAll()`.
 */
export async function objectId(env: Env, kind: Kind, site: string, id: string): Promise<DurableObjectId> {
  const parts = lengthPrefixed([env.CONCIERGE_SECRET, site, kind, id]);
  const known = lately.get(parts);
  if (known) return known;
  const name = toHex(await hmac(env.CONCIERGE_SECRET, "object-name", lengthPrefixed([site, kind, id])));
  const namespace = env[NAMESPACE[kind]] as DurableObjectNamespace;
  const made = namespace.idFromString(namespace.idFromName(name).toString());
  if (lately.size >= LATELY_MAX) lately.clear();
  lately.set(parts, made);
  return made;
}
