import type { BrowserContext, Page, Route } from "playwright-core";
import { buildSnippet } from "./snippet-stage.ts";

const SHOP = "https://shop.example";
const EDGE = "https://edge.example";

let scripts: { readonly [path: string]: Promise<Uint8Array> } | undefined;
/** The snippet and its panel, made once for all tests of a file. */
const built = () =>
  (scripts ??= { "/concierge.js": buildSnippet(), "/concierge-debug.js": buildSnippet("debug") });

type Fields = { readonly [name: string]: unknown };

/** What the stand-in for the API was asked, and how it answers; a test overrides what it is about. */
export type DebugShop = {
  readonly asked: { readonly path: string; readonly body: Fields }[];
  /** Names of events that are rejected. */
  readonly rejects: Set<unknown>;
  /** A whole answer instead of the usual one, with its status. */
  refusal: (Fields & { readonly status: number }) | undefined;
  /** Fields of the answer for a slot, by its id. */
  readonly slots: Map<string, Fields>;
};

/** What the page may do, as strictly as the snippet and its panel can live with. */
export const POLICY =
  "default-src 'none'; script-src https://shop.example/concierge.js https://shop.example/concierge-debug.js 'nonce-n0nce'; style-src 'nonce-n0nce'; img-src data:; connect-src https://edge.example; base-uri 'none'; form-action 'none'";

const page = (head: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kettle</title>
<style nonce="n0nce">body { margin: 0 auto; max-width: 1000px; padding: 16px; font: 16px/1.5 sans-serif; color: #222; background: #fff }</style>
<script nonce="n0nce">window.concierge ||= function () { (concierge.q ||= []).push(arguments) }</script>
${head}<script nonce="n0nce" async src="${SHOP}/concierge.js" data-key="pk_test" data-api="${EDGE}"></script></head>
<body><main>${body}</main></body></html>`;

const pick = (id: string, rank: number): Fields => ({
  id,
  rank,
  title: `Title of ${id}`,
  url: `/p/${id}`,
  price: { minor: 1299, currency: "EUR", text: "€12.99" },
  why: { code: "bought_together", text: `Often bought with ${id}` },
  controls: ["not_this"],
});

/**
 * A shop and an API that are nowhere but in the browser's own network layer, so that origins, policies and refusals are
 * just what a test says. Every path of the shop is the same page.
 */
export async function openDebugShop(
  context: BrowserContext,
  content: { readonly head?: string; readonly body: string; readonly policy?: string },
): Promise<DebugShop> {
  const shop: DebugShop = { asked: [], rejects: new Set(), refusal: undefined, slots: new Map() };
  await context.route(`${SHOP}/**`, async (route) => {
    const script = await built()[new URL(route.request().url()).pathname];
    await route.fulfill({
      contentType: script ? "text/javascript" : "text/html",
      headers: content.policy && !script ? { "content-security-policy": content.policy } : {},
      body: script ? Buffer.from(script) : page(content.head ?? "", content.body),
    });
  });
  await context.route(`${EDGE}/**`, (route) => answer(route, shop));
  return shop;
}

async function answer(route: Route, shop: DebugShop): Promise<void> {
  const body = JSON.parse(route.request().postData() ?? "{}") as Fields;
  shop.asked.push({ path: new URL(route.request().url()).pathname, body });
  const { personalization, analytics } = (body["consent"] ?? {}) as Fields;
  const force = (body["force"] ?? {}) as Fields;
  const isPersonal = personalization === true;
  const usual = {
    visitorId: isPersonal || analytics === true ? "visitor-1" : undefined,
    decisionId: "d1",
    configRevision: 7,
    consent: {
      applied: isPersonal ? ["analytics", "personalization"] : [],
      withheld: isPersonal ? [] : ["personalization", "analytics"],
    },
    events: (body["events"] as Fields[] | undefined)?.map(({ id, type }) =>
      shop.rejects.has(type)
        ? {
            id,
            status: "rejected",
            code: "event_invalid",
            detail: "/quantity must be >=1.",
            pointer: "/quantity",
          }
        : { id, status: "accepted", withheld: ["marketing"] },
    ),
    slots: (body["slots"] as Fields[] | undefined)?.map(({ id }) => ({
      id,
      status: isPersonal ? "personalized" : "contextual",
      reason: isPersonal ? "decided" : "no_consent",
      title: "Goes with it",
      items: [pick("filter", 1), pick("tea", 2)],
      assignments: [
        {
          experiment: "two-or-four",
          variation: force["two-or-four"] ?? "four",
          ...("two-or-four" in force ? { forced: true } : {}),
          variations: ["four", "two", "one"],
        },
      ],
      holdout: false,
      ...shop.slots.get(String(id)),
    })),
  };
  await route.fulfill({
    status: shop.refusal?.status ?? 200,
    headers: {
      "access-control-allow-origin": SHOP,
      "access-control-allow-credentials": "true",
      "content-type": "application/json",
    },
    body: JSON.stringify(shop.refusal ?? usual),
  });
}

/** Opens a path of the shop, for a visitor who has decided as told; undecided otherwise. */
export async function openShopPage(
  context: BrowserContext,
  path: string,
  consent?: { readonly [purpose: string]: boolean },
): Promise<Page> {
  if (consent)
    await context.addInitScript((text) => {
      // Not in the empty page that a browser begins with.
      if (location.protocol === "https:") localStorage.setItem("concierge.consent", text);
    }, JSON.stringify(consent));
  const opened = await context.newPage();
  await opened.goto(SHOP + path, { waitUntil: "load" });
  return opened;
}
