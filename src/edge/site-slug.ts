import type { Env } from "../env.ts";
import { hmac } from "./hmac.ts";

/** Longest readable part of a site id, in characters. */
const SLUG_MAX = 60;
/** What is left of it where digits have to be added. */
const CUT_MAX = 54;
const PLAIN = /^https:\/\/[a-z0-9.]+$/;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * The readable part of a site's id. Dots become dashes, so an origin that has dashes, a port or another scheme loses
 * something: then four digits of its HMAC follow two dashes, which no plain slug has, and no two origins share a slug.
 * @example await slugOf(env, "https://shop.example", "live") // "shop-example"
 * @example await slugOf(env, "https://my-shop.example", "live") // "my-shop-example--k3fq"
 */
export async function slugOf(env: Env, origin: string, kind: "live" | "bench"): Promise<string> {
  const { host } = new URL(origin);
  const slug = `${host}${kind === "bench" ? "-bench" : ""}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  // A live shop at "x.bench" would read like the bench of "x".
  const isPlain =
    PLAIN.test(origin) && slug.length <= SLUG_MAX && !(kind === "live" && host.endsWith(".bench"));
  if (isPlain) return slug;
  const mac = await hmac(env.CONCIERGE_SECRET, "site-slug", `${kind}\n${origin}`);
  const digits = [...mac.subarray(0, 4)].map((byte) => BASE32[byte % 32]).join("");
  return `${slug.slice(0, CUT_MAX).replaceAll(/^-+|-+$/g, "")}--${digits}`;
}
