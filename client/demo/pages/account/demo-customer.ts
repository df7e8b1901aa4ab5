import type { Site } from "../../site.ts";

/** A customer of the demo's, with a token that a shop's server would have signed. Local demos only. */
export type DemoCustomer = { readonly name: string; readonly identity: string };

/** Whom one can sign in as here, if anybody. Tokens are short-lived, so each time the latest is asked for. */
export async function demoCustomer(site: Site): Promise<DemoCustomer | undefined> {
  if (site.identity === undefined) return undefined;
  try {
    const response = await fetch(site.identity, { cache: "no-store" });
    return response.ok ? ((await response.json()) as DemoCustomer) : undefined;
  } catch {
    return undefined;
  }
}
