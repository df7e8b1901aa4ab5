import type { ItemRef, Page } from "../../src/core/event/event.ts";
import { absolute, marked, said } from "./dom.ts";
import { guard } from "./guard.ts";
import { productOnPage } from "./product.ts";
import { capture } from "./queue.ts";

/** What a page is about: read from the document, or said by the shop. */
export type PageStatement = Partial<Page> & { item?: ItemRef | undefined };

/** The page view we are in. Each view has a page object of its own: an answer to an earlier one is not for this one. */
export const here: { page: PageStatement } = { page: {} };

const attribute = (name: string) => said(document.querySelector(marked(name)), name);

/** A new page view, by load, by route or from the back-forward cache: looks what the page is, and notes it. */
export function view(stated: PageStatement = {}): void {
  const parameters = new URLSearchParams(location.search);
  const query = (parameters.get("q") ?? parameters.get("s") ?? parameters.get("query"))?.trim().slice(0, 256);
  const item = stated.item ?? attribute("item");
  const known = item ? { item } : guard(productOnPage)();
  here.page = {
    type: attribute("page") ?? (known ? "product" : query ? "search" : "other"),
    query,
    ...stated,
    item: known?.item,
  } as PageStatement;
  capture({
    type: "page_viewed",
    page: {
      url: absolute().href.slice(0, 2048),
      title: `${document.title}`.slice(0, 512),
      referrer: `${document.referrer}`.slice(0, 2048),
      ...here.page,
      item: undefined,
    },
  });
  if (known) capture({ type: "product_viewed", ...known });
  if (query) capture({ type: "products_searched", query });
}
