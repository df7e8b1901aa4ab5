/** Roles of the people who run a shop, the most powerful first. Each has its own keys. */
export const PERSON_ROLES = ["owner", "marketer", "analyst", "associate"] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

/** Everybody who may hold a key: the shop's pages, its server, and its people. */
export const ROLES = ["page", "server", ...PERSON_ROLES] as const;
export type Role = (typeof ROLES)[number];

/** How a key begins: `pk` writes from pages and is public, `sk` is the shop's server, `ak` is a person. */
export type KeyKind = "pk" | "sk" | "ak";

/** The kind of key that a role holds. @example kindOf("analyst") // "ak" */
export const kindOf = (role: Role): KeyKind => (role === "page" ? "pk" : role === "server" ? "sk" : "ak");

/** How a role is named in a refusal. @example roleInWords("page") // "page (pk_)" */
export const roleInWords = (role: Role): string => `${role} (${kindOf(role)}_)`;
