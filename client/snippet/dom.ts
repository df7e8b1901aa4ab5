/** What an element says in `data-concierge-<name>`. */
export const said = (element: Element | null | undefined, name: string): string | null | undefined =>
  element?.getAttribute("data-concierge-" + name);

/** The selector of `data-concierge-<name>`. */
export const marked = (name: string): string => `[data-concierge-${name}]`;

/** The page's address without its query, which may tell who is looking. */
export const place = (): string => location.origin + location.pathname;

/** An address as this page would follow it. A link never throws, whatever it is given; its protocol then is `:`. */
export function absolute(url = ""): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = url;
  return link;
}
