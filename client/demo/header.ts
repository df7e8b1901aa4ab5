import { cartCount } from "./cart.ts";
import { h, icon } from "./element.ts";

export const DEPARTMENTS = ["Kitchen", "Home", "Outdoor", "Tech"] as const;

/** Fills the header's reserved place: name, departments, search, account, cart. */
export function fillHeader(header: HTMLElement): void {
  const here = new URLSearchParams(location.search);
  const count = h("span", { class: "cart-count", "aria-live": "polite" });
  const showCount = () => {
    const pieces = cartCount();
    count.textContent = pieces > 0 ? String(pieces) : "";
  };
  showCount();
  document.addEventListener("shop:cart", showCount);
  const account = h("a", { href: "/demo/account.html", class: "header-link" });
  account.append(icon("person"), h("span", {}, "Account"));
  const cart = h("a", { href: "/demo/cart.html", class: "header-link" });
  cart.append(icon("cart"), h("span", {}, "Cart"), count);
  const go = h("button", { "aria-label": "Search" });
  go.append(icon("search"));
  header.replaceChildren(
    h("a", { class: "logo", href: "/demo/" }, "Fennel", h("i", {}, "&"), "Fjord"),
    h(
      "nav",
      { "aria-label": "Departments" },
      ...DEPARTMENTS.map((name) =>
        h(
          "a",
          {
            href: `/demo/category.html?c=${name.toLowerCase()}`,
            "aria-current": here.get("c") === name.toLowerCase() && "page",
          },
          name,
        ),
      ),
    ),
    h(
      "form",
      { class: "search", action: "/demo/search.html", role: "search" },
      h("input", {
        name: "q",
        type: "search",
        placeholder: "Kettle, tent, camera …",
        "aria-label": "Search the shop",
        value: here.get("q") ?? "",
        required: true,
      }),
      go,
    ),
    account,
    cart,
  );
}

/** Fills the footer. */
export function fillFooter(footer: HTMLElement): void {
  const link = (label: string, href: string) => h("a", { href }, label);
  const column = (title: string, ...links: HTMLElement[]) =>
    h("nav", { "aria-label": title }, h("h2", {}, title), ...links);
  footer.replaceChildren(
    h(
      "div",
      { class: "footer-inner" },
      h(
        "div",
        {},
        h("p", { class: "logo" }, "Fennel", h("i", {}, "&"), "Fjord"),
        h(
          "p",
          {},
          "A demonstration shop. Its products, brands and shoppers are invented; nothing is sold and nothing is charged.",
        ),
      ),
      column("Shop", ...DEPARTMENTS.map((name) => link(name, `/demo/category.html?c=${name.toLowerCase()}`))),
      column(
        "You",
        link("What we know, and your choices", "/demo/account.html"),
        link("Cart", "/demo/cart.html"),
      ),
      column(
        "Behind the counter",
        h("a", { href: "?tour", "data-tour": true, hidden: true }, "Guided tour"),
        link("For marketers: live config", "/demo/config.html"),
        link("Console", "/console/"),
        link("API reference", "/docs/"),
      ),
    ),
  );
}
