type Child = Node | string | undefined | false;
type Attributes = { readonly [name: string]: string | undefined };

// A form called `createElement` hides the document's own method.
const { createElement, querySelectorAll } = Document.prototype;

/** An element with attributes and children; nothing here ever parses markup. Absent ones are left out. */
export function make(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = createElement.call(document, tag);
  for (const name in attributes)
    if (typeof attributes[name] === "string") element.setAttribute(name, attributes[name]);
  element.append(...children.filter((child): child is Node | string => typeof child === "object" || !!child));
  return element;
}

/** Every element of the page that a selector names. */
export const all = (selector: string): HTMLElement[] => [
  ...(querySelectorAll.call(document, selector) as NodeListOf<HTMLElement>),
];

/** A word that is told apart by its colour too. @example badge("accepted", "good") */
export const badge = (text: string, tone: string): HTMLElement =>
  make("span", { class: `badge ${tone}` }, text);

/** Any value as text that a person can read; what cannot be written is told as what it is. */
export function textOf(value: unknown): string {
  if (value instanceof Error) return String(value.stack ?? value);
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value, null, 2) ?? "";
  } catch {
    return String(value);
  }
}

/** Reads JSON of whatever origin: what cannot be read is absent. */
export function read(text: unknown): unknown {
  try {
    return JSON.parse(text as string);
  } catch {
    return undefined;
  }
}

/** What a value has under a name, whatever it is. */
export const at = (value: unknown, name: string): unknown =>
  (value as { readonly [name: string]: unknown } | null | undefined)?.[name];

/** A value if it is a list, else none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
