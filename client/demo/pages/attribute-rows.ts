import { h } from "../element.ts";
import type { DemoItem } from "../catalog.ts";

/** Units that attribute names end in, as they are printed. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ["Litres", "l"],
  ["Grams", "g"],
  ["Kg", "kg"],
  ["Hours", "h"],
  ["Celsius", "°C"],
  ["Cm", "cm"],
  ["Mm", "mm"],
  ["Gb", "GB"],
  ["Mah", "mAh"],
  ["Inch", "in"],
  ["M", "m"],
];
/** Names that are a unit themselves. */
const WHOLE: { readonly [name: string]: readonly [label: string, unit: string] } = {
  watt: ["Power", "W"],
  lumen: ["Light", "lm"],
  grams: ["Weight", "g"],
  millilitres: ["Contents", "ml"],
  bar: ["Pressure", "bar"],
  megapixels: ["Resolution", "MP"],
  persons: ["Sleeps", ""],
  megabytesPerSecond: ["Speed", "MB/s"],
  gps: ["GPS", ""],
  dpi: ["Resolution", "dpi"],
  hoursCold: ["Keeps cold", "h"],
  hoursHot: ["Keeps hot", "h"],
  rValue: ["R-value", ""],
};

const words = (name: string): string => {
  const spaced = name.replaceAll(/([A-Z])/g, (capital) => ` ${capital.toLowerCase()}`).trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** An attribute in words. @example factOf("capacityLitres", 1.7) // ["Capacity", "1.7 l"] */
export function factOf(
  name: string,
  value: string | number | boolean,
): readonly [label: string, text: string] {
  const text = value === true ? "yes" : value === false ? "no" : value.toLocaleString("en");
  const whole = WHOLE[name];
  if (whole) return [whole[0], `${text} ${whole[1]}`.trim()];
  const unit = typeof value === "number" ? UNITS.find(([ending]) => name.endsWith(ending)) : undefined;
  return unit ? [words(name.slice(0, -unit[0].length)), `${text} ${unit[1]}`] : [words(name), text];
}

/** An item's facts as the rows of a definition list. */
export const attributeRows = (item: DemoItem): HTMLElement[] =>
  Object.entries({ ...item.attributes, itemNumber: item.sku! }).map(([name, value]) => {
    const [label, text] = factOf(name, value);
    return h("div", {}, h("dt", {}, label), h("dd", {}, text));
  });
