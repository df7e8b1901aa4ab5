import { allItems, itemOf, onePerGroup, pathOf, slug, type DemoItem } from "../catalog.ts";
import { h, the } from "../element.ts";
import { fillSlot, slotElement } from "../slot.ts";

/** What the shop's people would put forward, had they no Concierge. */
const PICKED_BY_HAND = ["teapot-moss-clay", "tent-osprey", "camera-snap-sky", "table-lamp-glim-rust"];
const NEW_IN = ["headphones-hush-blush", "grill-cinder-grand-rust", "throw-moor-rust", "kettle-stag-copper"];

/** The home page: categories with a picture each, and two slots. */
export function homePage(): void {
  const categories = Map.groupBy(onePerGroup(allItems()), (item) => pathOf(item)[1]!);
  the("#categories").replaceChildren(...[...categories].map(([name, items]) => tile(name, items)));
  const byHand = (ids: readonly string[]) => ids.flatMap((id) => itemOf(id) ?? []);
  const forYou = slotElement("home-for-you");
  const trending = slotElement("home-trending");
  if (forYou) fillSlot(forYou, "Worth a look", byHand(PICKED_BY_HAND));
  if (trending) fillSlot(trending, "Popular and new", byHand(NEW_IN));
}

function tile(name: string, items: readonly DemoItem[]): HTMLElement {
  const [first] = items;
  return h(
    "a",
    { class: "tile", href: `/demo/category.html?c=${slug(name)}` },
    h("img", { src: first?.image, alt: "", width: 400, height: 400, loading: "lazy" }),
    h("span", {}, name),
  );
}
