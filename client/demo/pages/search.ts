import { productCard } from "../card.ts";
import { allItems, onePerGroup, type DemoItem } from "../catalog.ts";
import { consentChoice } from "../consent-choice.ts";
import { h, the } from "../element.ts";
import type { Site } from "../site.ts";

/** Items the API may be asked to put in order at once. */
const RANK_MAX = 500;

/** Search: every word must occur; then, with consent, in the order this visitor is likely to want. */
export async function searchPage(site: Site | undefined): Promise<void> {
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const found = onePerGroup(search(query));
  the("h1").textContent = query === "" ? "What are you looking for?" : `“${query}”`;
  show(found);
  const order = the("#order-note");
  if (!site || !consentChoice()?.personalization || found.length < 2) return;
  const ranked = await rank(site, found);
  if (!ranked) return;
  show(ranked);
  order.textContent = "In the order we think suits you.";
}

function search(query: string): DemoItem[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  // A plural finds its singular: people type "tents".
  const stem = (word: string) => (word.length > 3 ? word.replace(/s$/, "") : word);
  const textOf = (item: DemoItem) => `${item.title} ${item.brand} ${item.type}`.toLowerCase();
  if (words.length === 0) return [];
  const titleFirst = (item: DemoItem) =>
    words.every((word) => item.title.toLowerCase().includes(stem(word))) ? 0 : 1;
  return allItems()
    .filter((item) => words.every((word) => textOf(item).includes(stem(word))))
    .toSorted((a, b) => titleFirst(a) - titleFirst(b));
}

function show(items: readonly DemoItem[]): void {
  the(".grid-head").hidden = items.length === 0;
  the("#count").textContent = items.length === 1 ? "1 product" : `${items.length} products`;
  the("#grid").replaceChildren(...(items.length > 0 ? items.map(productCard) : [nothing()]));
}

/** Says what else one may try. */
const nothing = (): HTMLElement =>
  h(
    "div",
    { class: "nothing" },
    h("h2", {}, "Nothing goes by that name here"),
    h("p", {}, "Try a shorter word, or one of these."),
    h(
      "p",
      { class: "pills" },
      ...["tea", "lamp", "tent", "camera", "pan"].map((word) =>
        h("a", { class: "pill", href: `/demo/search.html?q=${word}` }, word),
      ),
    ),
  );

/** The same items in this visitor's order, or `undefined` where it cannot be told. */
async function rank(site: Site, items: readonly DemoItem[]): Promise<DemoItem[] | undefined> {
  try {
    const response = await fetch(`${site.api}/v1/rank`, {
      method: "POST",
      credentials: "omit",
      body: JSON.stringify({
        key: site.writeKey,
        visitorId: localStorage.getItem("concierge.visitor") ?? undefined,
        consent: consentChoice(),
        page: { type: "search" },
        items: items.slice(0, RANK_MAX).map((item) => item.id),
      }),
    });
    if (!response.ok) return undefined;
    const answer = (await response.json()) as { status: string; items: { item: string }[] };
    if (answer.status !== "personalized") return undefined;
    return answer.items.flatMap(({ item }) => items.find((one) => one.id === item) ?? []);
  } catch {
    return undefined;
  }
}
