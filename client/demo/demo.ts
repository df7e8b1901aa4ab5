import { cardTemplate } from "./card.ts";
import { cartAsLines } from "./cart.ts";
import { loadCatalog } from "./catalog.ts";
import { infoChip } from "./chip.ts";
import { askConsent } from "./consent-banner.ts";
import { the } from "./element.ts";
import { concierge, embed } from "./embed.ts";
import { fillFooter, fillHeader } from "./header.ts";
import { accountPage } from "./pages/account.ts";
import { cartPage } from "./pages/cart.ts";
import { categoryPage } from "./pages/category.ts";
import { checkoutPage } from "./pages/checkout.ts";
import { configPage } from "./pages/config.ts";
import { homePage } from "./pages/home.ts";
import { productPage } from "./pages/product.ts";
import { searchPage } from "./pages/search.ts";
import { loadSite, type Site } from "./site.ts";
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
  fillHeader(the(".shop-header"));
  fillFooter(the(".shop-footer"));
  document.body.append(cardTemplate());
  const [site] = await Promise.all([loadSite(), loadCatalog()]);
  const page = document.body.dataset["page"] ?? "";
  const isShop = page !== "config";
  if (isShop) {
    const chip = infoChip();
    watchRequests(chip.show);
    if (!site)
      chip.say(
        "These pages run without an API now: every slot shows the shop's own choice. Start it with npm start.",
      );
    askConsent();
    concierge("cart", cartAsLines());
  }
  await PAGES[page]?.(site);
  document.body.setAttribute("data-ready", "");
  // Last: the snippet reads the page, and shall find all of it.
  if (site && isShop) embed(site);
}

void start();
