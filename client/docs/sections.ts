import type { Endpoint } from "./api.ts";

/** Where an operation stands: by who calls it most. Whoever else may is told beside it. */
export const SECTIONS = [
  {
    id: "pages",
    title: "Pages and servers",
    text: "What happened, what to show, who somebody is. Pages send `key` (`pk_…`) in the body, as text and from the site's own origins, so that no browser asks first; servers send `Authorization: Bearer sk_…`.",
  },
  {
    id: "self",
    title: "Customers, about themselves",
    text: "What a shop's “my data” page asks, with the page's key and the visitor's proof.",
  },
  {
    id: "server",
    title: "The shop's server",
    text: "What the shop sells, what happened elsewhere, and customers by the shop's own ids: `Authorization: Bearer sk_…`.",
  },
  {
    id: "people",
    title: "Marketers and analysts",
    text: "What to do, and what it earned: `Authorization: Bearer ak_…` of a person with the role.",
  },
  {
    id: "owner",
    title: "The owner",
    text: "Keys, origins, webhooks and the record of changes: `Authorization: Bearer ak_…` of an owner.",
  },
  {
    id: "operator",
    title: "Who runs the deployment, and anybody",
    text: "Sites, health and figures. The operator's key is the deployment's `OPERATOR_KEY`; some addresses need none.",
  },
] as const;
export type SectionId = (typeof SECTIONS)[number]["id"];

/** @example sectionOf(endpointOf("GET", "/v1/keys")) // "owner" */
export function sectionOf({ callers, path }: Endpoint): SectionId {
  if (path.startsWith("/v1/hooks/")) return callers === "public" ? "server" : "owner";
  if (typeof callers === "string") return "operator";
  if (path.startsWith("/v1/me")) return "self";
  if (callers.includes("page")) return "pages";
  if (callers.includes("server") && path !== "/v1/session") return "server";
  return callers.includes("marketer") || callers.includes("analyst") || callers.includes("associate") ? "people" : "owner";
}

const WORDS: Readonly<Record<string, string>> = { page: "page", server: "server", public: "anybody", operator: "operator" };

/** Who may call, in words. @example callersOf({ callers: ["page", "server"] }) // ["page", "server"] */
export const callersOf = ({ callers }: Pick<Endpoint, "callers">): string[] =>
  (typeof callers === "string" ? [callers] : callers).map((one) => WORDS[one] ?? one);
