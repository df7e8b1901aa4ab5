import { button, h } from "./h.ts";

/** Rows shown before somebody asks for all of them. */
const FIRST = 5;

/** One kind of thing that is known: heading, where it comes from, rows; the long tail waits behind a button. */
export function block(title: string, from: string, rows: readonly HTMLElement[]): HTMLElement | undefined {
  if (rows.length === 0) return undefined;
  const list = h("ul", { class: "rows" }, ...rows.slice(0, FIRST).map(row));
  const rest = rows.slice(FIRST);
  const more = button(`Show all ${rows.length}`, "quiet", () => {
    list.append(...rest.map(row));
    more.remove();
    (rest[0]?.querySelector("a, summary, button") as HTMLElement | null)?.focus();
  });
  return h(
    "section",
    { class: "block" },
    h("h3", {}, title),
    h("p", { class: "from" }, from),
    list,
    rest.length > 0 && more,
  );
}

const row = (content: HTMLElement): HTMLElement => h("li", {}, content);
