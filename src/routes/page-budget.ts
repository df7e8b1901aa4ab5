import { prefixOf, spend } from "../edge/budget.ts";
import type { Problem } from "../core/problem/problem.ts";
import type { Access } from "../http/access.ts";
import type { RouteContext } from "./route.ts";

/**
 * Takes one request of a page from its budgets, or says why it is too many. For what wakes no person's object: servers
 * spend nothing here.
 */
export function spendAsPage(c: RouteContext, access: Access, unit?: string): Problem | undefined {
  if (access.kind !== "pk") return undefined;
  const spent = spend(
    c.env,
    { site: access.siteId, key: access.keyDigest, visitor: unit, prefix: prefixOf(c.req.raw), isNew: false },
    Date.now(),
  );
  return spent.ok ? undefined : { ...spent.problem, retryAfterS: spent.retryAfterS };
}
