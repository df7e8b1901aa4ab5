import type { Problem } from "../core/problem/problem.ts";

const NOT_CONFIGURED: Problem = {
  code: "not_configured",
  detail: "CONCIERGE_SECRET must be set to at least 32 characters that nobody can guess.",
  cure: "wrangler secret put CONCIERGE_SECRET, with the output of: openssl rand -base64 32",
};

/**
 * Why the deployment may not serve yet. Names, keys and signatures made from a guessable secret would protect nothing, and
 * could never be changed again; so whoever opens a door asks here first.
 */
export function secretDefect(secret: unknown): Problem | undefined {
  if (checked !== undefined && secret === checked) return undefined;
  if (typeof secret !== "string" || secret.length < 32 || new Set(secret).size < 12) return NOT_CONFIGURED;
  checked = secret;
  return undefined;
}

let checked: string | undefined;
