import type { Role } from "../../core/access/role.ts";
import type { Described } from "../../http/openapi.ts";
import type { RouteContext } from "../route.ts";

/** One address and method: what it is for, who may call, what it takes and gives, and what answers. */
export type Endpoint = Described & {
  readonly handle: (c: RouteContext) => Response | Promise<Response>;
};

/** Who may call, by what they do. Whoever is not named may not. */
export const PAGES: readonly Role[] = ["page", "server"];
export const SELF: readonly Role[] = ["page"];
export const CATALOG: readonly Role[] = ["server", "owner"];
export const CATALOG_READERS: readonly Role[] = ["server", "owner", "marketer"];
export const MARKETERS: readonly Role[] = ["owner", "marketer"];
export const REPORT_READERS: readonly Role[] = ["owner", "marketer", "analyst"];
export const OWNERS: readonly Role[] = ["owner"];
export const CUSTOMER_READERS: readonly Role[] = ["server", "owner", "associate"];
export const IMPORTERS: readonly Role[] = ["server", "owner", "associate"];
export const CUSTOMERS: readonly Role[] = ["server", "owner"];

/** Refusals of whatever finds out which person a page or a server speaks for. */
export const WHO = ["identity_unverified", "id_invalid", "bot_suspected", "budget_spent"] as const;
/** Refusals where people must prove who they are, and what their own state may answer. */
export const WHO_SELF = ["self_unknown", "identity_unverified"] as const;

export const ok = (description: string) => ({ 200: { description } });
export const made = (description: string) => ({ 201: { description } });
