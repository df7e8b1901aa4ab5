import { minorDigits, moneyOf, parsePrice } from "../primitives/money.ts";
import { AVAILABILITIES } from "./item.ts";

/** Reads one cell of a table; `undefined` when it cannot be understood. `currency` is for amounts that name none. */
export type CellReader = (value: unknown, currency: string | undefined) => unknown;

const DESCRIPTION_MAX = 2048;

/** Scalars as text; anything else as it is, for the schema to refuse. */
export const asText: CellReader = (value) =>
  typeof value === "string" ? value.trim() : Number.isSafeInteger(value) ? String(value) : value;

export const asClippedText: CellReader = (value, currency) => {
  const text = asText(value, currency);
  return typeof text === "string" ? text.slice(0, DESCRIPTION_MAX).toWellFormed() : text;
};

// "1,299" and "1.299" are more than a thousand to one shop and a little over one to another.
const THREE_PLACES = /^[^.,]*[.,]\d{3}(?!\d)[^.,]*$/;

/** A price as a feed writes it. Three decimals, or a comma after a point, could be thousands: refused, not guessed. */
export const asMoney: CellReader = (value, currency) => {
  if (typeof value === "number") return moneyOf(value, currency);
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text.length > 64 || /\..*,/.test(text)) return undefined;
  const money = parsePrice(text, currency);
  return money && THREE_PLACES.test(text) && minorDigits(money.currency) !== 3 ? undefined : money;
};

export const asAvailability: CellReader = (value) => {
  if (typeof value !== "string" || value.length > 64) return undefined;
  const squash = (text: string) => text.toLowerCase().replace(/[\s_-]/g, "");
  const named = squash(value).replace(/^https?:\/\/schema\.org\//, "");
  return AVAILABILITIES.find((one) => squash(one) === named);
};

export const asBoolean: CellReader = (value) => {
  const text = String(value).trim().toLowerCase();
  return ["true", "yes", "1"].includes(text) ? true : ["false", "no", "0"].includes(text) ? false : undefined;
};

export const asNumber: CellReader = (value) =>
  typeof value === "string" && /^\s*\d{1,5}\s*$/.test(value) ? Number(value) : value;

/** A quantity in stock; what was oversold is gone. A fraction of a piece cannot be sold. */
export const asStock: CellReader = (value) => {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\s*[+-]?\d{1,12}(\.\d{1,6})?\s*$/.test(text)) return undefined;
  return Math.max(0, Math.floor(Number(text)));
};

/** A list written into one cell, its parts parted by commas or bars. */
export const asList: CellReader = (value) =>
  typeof value === "string"
    ? value
        .split(/[,|]/)
        .map((part) => part.trim())
        .filter((part) => part !== "")
    : value;

export const asIs: CellReader = (value) => value;
