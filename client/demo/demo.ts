import { cardTemplate } from "./card.ts";
import { cartAsLines } from "./cart.ts";
import { loadCatalog } from "./catalog.ts";
import { infoChip } from "./chip.ts";
import { askConsent } from "./consent-banner.ts";
import { restateChoice } from "./consent-choice.ts";
import { button, h, the } from "./element.ts";
import { concierge, embed } from "./embed.ts";
import { fillFooter, fillHeader } from "./header.ts";
import { letCookiesTravel } from "./own-cookies.ts";
import { accountPage } from "./pages/account.ts";
import { cartPage } from "./pages/cart.ts";
import { categoryPage } from "./pages/category.ts";
import { checkoutPage } from "./pages/checkout.ts";
import { configPage } from "./pages/config.ts";
import { homePage } from "./pages/home.ts";
import { productPage } from "./pages/product.ts";
import { searchPage } from "./pages/search.ts";
import { isPrivate, setPrivate } from "./private-visit.ts";
import { loadSite, type Site } from "./site.ts";
import { makeRoom, startTour } from "./tour/tour.ts";
import { watchRequests } from "./witness.ts";

/** What each page builds, by the name in `<body data-page>`. */
const PAGES: { readonly [page: string]: (site: Site | undefined) => void | Promise<void> } = {
  home: homePage,
  category: categoryPage,
  product: productPage,
  search: searchPage,
  cart: cartPage,
  checkout: checkoutPage,
  account: accountPage,
  config: configPage,
};

async function start(): Promise<void> {
  const page = document.body.dataset["page"] ?? "";
  const isShop = page !== "config";
  if (isShop) makeRoom();
  the("main").id ||= "main";
  document.body.prepend(h("a", { class: "skip", href: "#main" }, "Skip to the page"));
  fillHeader(the(".shop-header"));
  fillFooter(the(".shop-footer"));
  if (isPrivate()) the(".shop-header").after(privateBand());
  document.body.append(cardTemplate());
  const [site] = await Promise.all([loadSite(), loadCatalog()]);
  if (isShop) {
    const chip = infoChip();
    letCookiesTravel();
    watchRequests((answer, tookMs) => {
      chip.show(answer);
      document.dispatchEvent(new CustomEvent("shop:decided", { detail: { answer, tookMs } }));
    });
    if (isPrivate())
      chip.say("A private visit: this tab sends nothing, so every slot shows the shop's own choice.");
    else if (!site)
      chip.say(
        "These pages run without an API now: every slot shows the shop's own choice. Start it with npm start.",
      );
    askConsent();
    restateChoice();
    concierge("cart", cartAsLines());
  }
  // Before the page: it hears what the page says from the first word on.
  if (site && isShop && !isPrivate()) startTour(site);
  await PAGES[page]?.(site);
  document.body.setAttribute("data-ready", "");
  // Last: the snippet reads the page, and shall find all of it.
  if (site && isShop && !isPrivate()) embed(site);
}

/** Says on every page that this tab keeps to itself, and ends it. */
const privateBand = (): HTMLElement =>
  h(
    "p",
    { class: "private-band" },
    "Private visit: this tab sends nothing and uses nothing we know. ",
    button("End it", "quiet", () => setPrivate(false)),
  );

void start();
