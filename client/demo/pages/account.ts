import { itemOf } from "../catalog.ts";
import { askConsent } from "../consent-banner.ts";
import { choose, decidedChoice, forgetChoice, forgetNames, type Choice } from "../consent-choice.ts";
import { button, the } from "../element.ts";
import { isPrivate, setPrivate } from "../private-visit.ts";
import { showSent } from "../sent.ts";
import { demoCustomer, signIn, signOut, isSignedIn, type DemoCustomer } from "../sign-in.ts";
import type { Site } from "../site.ts";

/** `<concierge-me>`, as any shop's page would use it: by its properties and its one event. */
type Me = HTMLElement & {
  choice: Choice;
  describeItem: (id: string) => { title: string; url?: string; image?: string } | undefined;
  describeSlot: (id: string) => string | undefined;
  refresh?: () => Promise<void>;
  forget?: () => void;
};
type News = {
  readonly kind: "shown" | "consent" | "erased";
  readonly isCustomer?: boolean;
  readonly purpose?: string;
  readonly granted?: boolean;
};

/** Slots of these pages, as a shopper would call them. */
const PLACES: { readonly [slot: string]: string } = {
  "home-for-you": "“For you” on the home page",
  "home-trending": "“Trending” on the home page",
  "category-top": "“Popular here” on a category page",
  "product-goes-with": "“Goes well with it” on a product page",
  "product-better": "“A step up” on a product page",
  "cart-goes-with": "“Completes your cart”",
  "order-next": "“For next time” after an order",
};

/** What the snippet sends; the page's own questions change nothing it would not hear of. */
const SNIPPET_PATHS = new Set(["/v1/events", "/v1/decide"]);

/** The customer's page: the element does the rights; what is here is the shop's own: sign-in, private visit, this browser. */
export async function accountPage(site: Site | undefined): Promise<void> {
  const me = the<Me>("concierge-me");
  let isCustomer = false;
  let customer: DemoCustomer | undefined;

  const show = () => {
    me.choice = decidedChoice() ?? {};
    showBrowser({ site, me, isCustomer, customer, show });
  };
  me.addEventListener("concierge-me", (event) => {
    const news = (event as CustomEvent<News>).detail;
    if (news.kind === "shown") {
      isCustomer = news.isCustomer === true;
      showBrowser({ site, me, isCustomer, customer, show });
    } else if (news.kind === "consent") {
      event.preventDefault();
      choose({ ...decidedChoice(), [news.purpose!]: news.granted! });
    } else {
      event.preventDefault();
      leave();
      forgetNames("shop.");
      document.dispatchEvent(new Event("shop:cart"));
    }
  });
  document.addEventListener("shop:sent", showSent);
  document.addEventListener("shop:consent", show);
  document.addEventListener("shop:answered", (event) => {
    if (!SNIPPET_PATHS.has((event as CustomEvent<string>).detail)) return;
    if (localStorage.getItem("concierge.visitor") !== null) void me.refresh?.();
    show();
  });
  showSent();
  customer = site && (await demoCustomer(site));
  me.describeItem = viewOf;
  me.describeSlot = (slot) => PLACES[slot];
  if (site) {
    me.setAttribute("api", site.api || location.origin);
    me.setAttribute("key", site.writeKey);
    // Complete before it is shown, so that nothing moves.
    if (isSignedIn() || localStorage.getItem("concierge.visitor") !== null) await me.refresh?.();
  }
  show();
}

function viewOf(id: string): { title: string; url: string; image: string } | undefined {
  const item = itemOf(id);
  return item && { title: item.title, url: item.url!, image: item.image! };
}

/** This browser is nobody's any more. */
function leave(): void {
  sessionStorage.removeItem("shop.signed-in");
  sessionStorage.removeItem("shop.sent");
  forgetChoice();
  showSent();
}

type Shown = {
  readonly site: Site | undefined;
  readonly me: Me;
  readonly isCustomer: boolean;
  readonly customer: DemoCustomer | undefined;
  readonly show: () => void;
};

function showBrowser({ site, me, isCustomer, customer, show }: Shown): void {
  const id = localStorage.getItem("concierge.visitor");
  the("#person").textContent = isCustomer
    ? "You are signed in: what you do in this browser belongs to your account."
    : "You are not signed in. The id of this browser, which means nothing anywhere else:";
  the("#visitor").textContent = id ?? "none: this browser carries no id";
  the("#visitor").hidden = isCustomer;
  const say = (fault: string | undefined): boolean => {
    the("#fault").textContent = fault ?? "";
    return fault === undefined;
  };
  the("#browser-deeds").replaceChildren(
    ...(customer && site && !isCustomer
      ? [
          button(`Sign in as ${customer.name}`, "choice", async () => {
            // The token of a moment ago: the one from when the page was opened may have run out.
            const latest = await demoCustomer(site);
            if (latest && say(await signIn(site, latest))) await me.refresh?.();
          }),
        ]
      : []),
    button(isCustomer ? "Sign out and forget this browser" : "Forget this browser", "choice", async () => {
      if (!site || !say(await signOut(site))) return;
      leave();
      me.forget?.();
      show();
      askConsent();
    }),
    isPrivate()
      ? button("End the private visit", "choice", () => setPrivate(false))
      : button("Begin a private visit", "choice", () => setPrivate(true)),
  );
}
