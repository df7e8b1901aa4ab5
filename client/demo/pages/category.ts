import { productCard } from "../card.ts";
import { itemsIn, onePerGroup, paidFor, pathOf, slug, type DemoItem } from "../catalog.ts";
import { h, the } from "../element.ts";
import { concierge } from "../embed.ts";
import { fillSlot, slotElement } from "../slot.ts";

const ORDERS: readonly (readonly [label: string, compare: (a: DemoItem, b: DemoItem) => number])[] = [
  ["Our order", () => 0],
  ["Price, low to high", (a, b) => paidFor(a).minor - paidFor(b).minor],
  ["Price, high to low", (a, b) => paidFor(b).minor - paidFor(a).minor],
  ["Name", (a, b) => a.title.localeCompare(b.title)],
];

/** Items of a category that stand for it in a request. */
const SEEDS = 6;

/** A department, a category or a type of product: its grid, the steps below it, and a slot on top. */
export function categoryPage(): void {
  const step = new URLSearchParams(location.search).get("c") ?? "kitchen";
  const items = onePerGroup(itemsIn(step));
  const [first] = items;
  if (!first) {
    the("main").replaceChildren(
      h("h1", {}, "There is no such category"),
      h("a", { href: "/demo/" }, "Back to the shop"),
    );
    return;
  }
  const depth = pathOf(first).findIndex((each) => slug(each) === step);
  const path = pathOf(first).slice(0, depth + 1);
  document.title = `${path.at(-1)} · Fennel & Fjord`;
  the("h1").textContent = path.at(-1)!;
  the("#crumbs").replaceChildren(...crumbs(path.slice(0, -1)));
  const below = [
    ...new Set(items.map((item) => pathOf(item)[depth + 1]).filter((name) => name !== undefined)),
  ];
  the("#below").replaceChildren(
    ...below.map((name) => h("a", { class: "pill", href: `/demo/category.html?c=${slug(name)}` }, name)),
  );
  const slot = slotElement("category-top");
  const dearest = items.toSorted((a, b) => paidFor(b).minor - paidFor(a).minor);
  // What the slot is about: without seeds it would be about the visitor alone, whatever the category.
  slot?.setAttribute(
    "data-seeds",
    items
      .slice(0, SEEDS)
      .map((item) => item.id)
      .join(","),
  );
  if (slot) fillSlot(slot, "Worth a look", dearest);
  showGrid(items);
  concierge("track", {
    type: "product_list_viewed",
    category: path.join(" > "),
    items: items.slice(0, 24).map((item) => item.id),
  });
}

/** Links to the steps above. */
export const crumbs = (path: readonly string[]): HTMLElement[] =>
  path.map((name) => h("a", { href: `/demo/category.html?c=${slug(name)}` }, name));

function showGrid(items: readonly DemoItem[]): void {
  const grid = the("#grid");
  const order = the<HTMLSelectElement>("#order");
  order.replaceChildren(...ORDERS.map(([label], i) => h("option", { value: i }, label)));
  const show = () => {
    const compare = ORDERS[Number(order.value)]![1];
    grid.replaceChildren(...items.toSorted(compare).map(productCard));
  };
  order.addEventListener("change", show);
  the("#count").textContent = `${items.length} products`;
  show();
}
