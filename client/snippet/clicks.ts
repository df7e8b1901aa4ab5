import { marked, said } from "./dom.ts";
import { on } from "./guard.ts";
import { capture } from "./queue.ts";

/** Notes what the page's own markup says a click or a form means. */
export function watchClicks(): void {
  on<MouseEvent>(document, "click", ({ target }) => {
    for (const [name, type] of [
      ["add", "product_added"],
      ["remove", "product_removed"],
    ] as const) {
      const button = (target as Element).closest(marked(name));
      if (button)
        capture({ type, item: said(button, name), quantity: Number(said(button, "quantity")) || undefined });
    }
  });
  on<SubmitEvent>(document, "submit", ({ target, defaultPrevented }) => {
    const field = (target as Element).querySelector<HTMLInputElement>(
      marked("search") + " input:not([type=hidden])",
    );
    // A search that loads a page with the words in its address is noted there.
    if (field?.value && (defaultPrevented || !/^(q|s|query)$/.test(field.name)))
      capture({ type: "products_searched", query: field.value.slice(0, 256) });
  });
}
