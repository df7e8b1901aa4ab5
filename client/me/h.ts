type Child = Node | string | undefined | false;

/**
 * Makes an element. Attributes are set as attributes and text is text: nothing here parses markup, so a fact or a title
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

/** A button that does something. */
export function button(label: string, look: string, onClick: () => void): HTMLElement {
  const element = h("button", { type: "button", class: look }, label);
  element.addEventListener("click", onClick);
  return element;
}
