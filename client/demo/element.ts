type Child = Node | string | undefined | false;

/**
 * Makes an element. Attributes are set as attributes and text is text: nothing here parses markup, so a catalog title
 * can hold anything. `false` and `undefined` attributes are left out, `true` ones are empty.
 */
export function h(
  tag: string,
  attributes: { readonly [name: string]: string | number | boolean | undefined } = {},
  ...children: readonly Child[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** The one element of a page that matches; the page is broken without it. */
export function the<E extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`This page has no ${selector}.`);
  return found;
}

/** A button that does something. */
export function button(label: string, look: string, onClick: () => void): HTMLElement {
  const element = h("button", { type: "button", class: look }, label);
  element.addEventListener("click", onClick);
  return element;
}

const ICONS = {
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 21 21",
  cart: "M3 4h2.5l2.2 11.2h10.6L20.5 7.5H6.4M9.5 20.2h.01M16.5 20.2h.01",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20.5c.8-4 3.8-5.5 7.5-5.5s6.7 1.5 7.5 5.5",
  box: "M4 8l8-4.5L20 8v8.5L12 21l-8-4.5V8ZM4 8l8 4.5L20 8M12 12.5V21",
  back: "M4 9h10.5a5 5 0 0 1 0 10H8M4 9l4-4M4 9l4 4",
  tool: "M14.5 6.5a4 4 0 0 1 5-2.4l-2.6 2.6 1.4 2.8 2.8-.6a4 4 0 0 1-6 3.6L8 19.6a2 2 0 0 1-2.8-2.8l7.1-7.1a4 4 0 0 1 2.2-3.2Z",
  leaf: "M5 19c0-9 5-14 15-14 0 10-5 14-11 14-2 0-4-1-4-3M5 21c1-6 4-9 9-11",
} as const;

export type IconName = keyof typeof ICONS;

/** A line drawing of 24 × 24 in the text's colour. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
