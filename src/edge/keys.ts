import type { KeyKind } from "../core/access/role.ts";
import type { Env } from "../env.ts";
import { hmac, toBase64url, toHex } from "./hmac.ts";

export type { KeyKind } from "../core/access/role.ts";
export type ParsedKey = { readonly kind: KeyKind; readonly site: string; readonly digest: string };

const KEY = /^(pk|sk|ak)_([a-z0-9-]{3,80})_[A-Za-z0-9_-]{32}$/;

/** Ends of site ids are checked by this many hex digits, so an invented site wakes no object. */
const CHECK_DIGITS = 8;

/** A site id from its readable part. @example await siteIdOf(env, "shop-example") // "shop-example-1f0a9c3e" */
export async function siteIdOf(env: Env, slug: string): Promise<string> {
  return `${slug}-${toHex(await hmac(env.CONCIERGE_SECRET, "site-id", slug)).slice(0, CHECK_DIGITS)}`;
}

export async function isSiteId(env: Env, site: string): Promise<boolean> {
  const slug = site.slice(0, -(CHECK_DIGITS + 1));
  return slug.length > 0 && (await siteIdOf(env, slug)) === site;
}

export async function digestOfKey(env: Env, key: string): Promise<string> {
  return toHex(await hmac(env.CONCIERGE_SECRET, "key-digest", key));
}

/** A new key, shown once: only its digest is kept. The id names it in lists, and opens nothing. */
export async function mintKey(
  env: Env,
  kind: KeyKind,
  site: string,
): Promise<{ key: string; digest: string; id: string }> {
  const key = `${kind}_${site}_${toBase64url(crypto.getRandomValues(new Uint8Array(24)))}`;
  const id = toHex(crypto.getRandomValues(new Uint8Array(6)));
  return { key, digest: await digestOfKey(env, key), id };
}

/** Keys seen lately, so that a busy shop's key is digested once per isolate. */
const seen = new Map<string, ParsedKey | "forged">();
const SEEN_MAX = 2_000;

/** What a key claims, or `undefined` for text that is no key, or "forged" for a site that never was. */
export async function readKey(env: Env, key: string): Promise<ParsedKey | "forged" | undefined> {
  const known = seen.get(key);
  if (known) return known;
  const match = KEY.exec(key);
  if (!match) return undefined;
  const site = match[2]!;
  const parsed = (await isSiteId(env, site))
    ? { kind: match[1] as KeyKind, site, digest: await digestOfKey(env, key) }
    : ("forged" as const);
  if (seen.size >= SEEN_MAX) seen.clear();
  seen.set(key, parsed);
  return parsed;
}
