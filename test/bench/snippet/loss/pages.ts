import { buildSnippet } from "../../../browser/snippet-stage.ts";
import type { Pages } from "../../../support/real-shop.ts";
import { PLANTS, plugin, type Plant } from "./plants.ts";

/** Scripts of the shop's pages by path: the snippet as it is, and with each of the defects asked for. */
export async function buildScripts(plants: readonly Plant[]): Promise<Map<string, Buffer>> {
  const scripts = new Map([["/concierge.js", Buffer.from(await buildSnippet())]]);
  for (const plant of plants)
    scripts.set(
      `/concierge-${plant}.js`,
      Buffer.from(await buildSnippet("snippet", [plugin(PLANTS[plant])])),
    );
  return scripts;
}

/** What the pages need to know of the site, once it is there. */
export type Embedding = { readonly writeKey: string; readonly road: string };

/** A page that was asked for; `purpose` says when it was only fetched ahead. */
export type Asked = { readonly path: string; readonly purpose: string; readonly at: number };

/**
 * The shop: `/t/<trial>/<page>` carries the snippet and agrees to everything, as a shop's consent tool does on each page;
 * `/plain/<trial>/<page>` carries nothing. `extras`: what a scenario adds, by `<trial>/<page>`.
 */
export function shopPages(
  scripts: ReadonlyMap<string, Buffer>,
  embedding: () => Embedding,
  extras: ReadonlyMap<string, string>,
  asked: Asked[],
): Pages {
  return (request, response) => {
    const { pathname } = new URL(request.url!, "http://shop");
    asked.push({ path: pathname, purpose: String(request.headers["sec-purpose"] ?? ""), at: Date.now() });
    const script = scripts.get(pathname);
    response.setHeader("content-type", script ? "text/javascript" : "text/html; charset=utf-8");
    // Cacheable, so that pages may enter the back-forward cache.
    response.setHeader("cache-control", "max-age=60");
    if (script) return void response.end(script);
    const [, kind, trial = "", name = ""] = pathname.split("/");
    const extra = extras.get(`${trial}/${name}`) ?? "";
    response.end(kind === "t" ? withSnippet(trial, embedding(), extra) : plain(extra));
  };
}

const plain = (extra: string): string => `<!doctype html><title>Plain</title>${extra}`;

const STUB = `window.concierge ||= function () { (concierge.q ||= []).push(arguments) };`;
const CONSENT = `concierge("consent", { personalization: true, analytics: true });`;

/** The name of a trial says which script it is for: `a-3`, `a-3+no-keepalive`. */
function withSnippet(trial: string, { writeKey, road }: Embedding, extra: string): string {
  const plant = trial.split("+")[1];
  const src = plant ? `/concierge-${plant}.js` : "/concierge.js";
  return `<!doctype html><html lang="en"><title>Shop</title>
<script>${STUB} ${CONSENT}</script>
<script async src="${src}" data-key="${writeKey}" data-api="${road}/${trial}"></script>
<body><h1>Shop</h1>
<section data-concierge-slot="home-trending" style="min-height: 320px"><p>The shop's own</p></section>
<a id="next">On</a><form id="search" method="get"></form>${extra}</body></html>`;
}
