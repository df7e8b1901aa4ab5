import type { DecideRequest } from "../core/wire/decide.ts";

type PageOf = NonNullable<DecideRequest["page"]>;

/**
 * What a page says it is about, read from its beginning as it passes: `data-concierge-page`, `data-concierge-item`, or a Product
 * in JSON-LD, as the snippet reads them.
 */
export class PageReader {
  readonly #url: URL;
  #type: string | undefined;
  #item: string | undefined;
  #product: PageOf["item"] | undefined;
  locale: string | undefined;
  /** Slots that the page names up front, so that they are decided together. */
  slots: readonly string[] = [];
  #json = "";

  constructor(url: URL) {
    this.#url = url;
  }

  /** Has a rewriter tell what stands in the stream. Elements that come after a slot come too late for it. */
  listen(rewriter: HTMLRewriter): HTMLRewriter {
    return rewriter
      .on("html[lang]", { element: (e) => void (this.locale ??= e.getAttribute("lang") ?? undefined) })
      .on("[data-concierge-page]", {
        element: (e) => void (this.#type ??= e.getAttribute("data-concierge-page") ?? undefined),
      })
      .on("[data-concierge-item]", {
        element: (e) => void (this.#item ??= e.getAttribute("data-concierge-item") ?? undefined),
      })
      .on("[data-concierge-slots]", {
        element: (e) =>
          void (this.slots = (e.getAttribute("data-concierge-slots") ?? "").split(/[\s,]+/).filter(Boolean)),
      })
      .on('script[type="application/ld+json"]', {
        text: ({ text, lastInTextNode }) => {
          this.#json += text;
          if (!lastInTextNode) return;
          this.#product ??= this.#productIn(this.#json);
          this.#json = "";
        },
      });
  }

  /** The page as a decision is asked about it. */
  page(): Record<string, unknown> {
    const parameters = this.#url.searchParams;
    const query = (parameters.get("q") ?? parameters.get("s") ?? parameters.get("query"))
      ?.trim()
      .slice(0, 256);
    const item = this.#item ?? this.#product;
    return {
      url: `${this.#url.origin}${this.#url.pathname}`.slice(0, 2048),
      type: this.#type ?? (item ? "product" : query ? "search" : "other"),
      ...(item ? { item } : {}),
      ...(query ? { query } : {}),
    };
  }

  #productIn(text: string): PageOf["item"] | undefined {
    let found: readonly Json[];
    try {
      found = products(JSON.parse(text));
    } catch {
      return undefined;
    }
    const isHere = ({ url }: Json) =>
      typeof url === "string" && new URL(url, this.#url).pathname === this.#url.pathname;
    const it = found.length > 1 ? found.find(isHere) : found[0];
    if (!it) return undefined;
    const field = (name: string) => {
      const value = it[name];
      return typeof value === "string" || typeof value === "number"
        ? { [name]: String(value).trim().slice(0, 128) }
        : {};
    };
    const {
      productID: id,
      sku,
      productGroupID: group,
    } = {
      ...field("productID"),
      ...field("sku"),
      ...field("productGroupID"),
    } as Readonly<Record<string, string | undefined>>;
    const gtin = Object.keys(it).find((name) => name.startsWith("gtin"));
    const code = gtin === undefined ? undefined : field(gtin)[gtin];
    return {
      ...(id ? { id } : {}),
      ...(sku ? { sku } : {}),
      ...(code ? { gtin: code } : {}),
      ...(group ? { group } : {}),
      url: this.#url.href.slice(0, 2048),
    };
  }
}

type Json = { readonly [field: string]: unknown };

/** Every schema.org Product in a document: at the top, in a list, in an `@graph`, or as a page's `mainEntity`. */
function products(node: unknown, depth = 0): Json[] {
  if (depth > 8 || node === null || typeof node !== "object") return [];
  if (Array.isArray(node)) return node.flatMap((one) => products(one, depth + 1));
  const it = node as Json;
  const type = it["@type"];
  const isProduct = /Product/.test(Array.isArray(type) ? type.join(" ") : String(type ?? ""));
  return isProduct ? [it] : products(it["@graph"] ?? it["mainEntity"], depth + 1);
}
