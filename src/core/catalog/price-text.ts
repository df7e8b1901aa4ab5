import { minorDigits, type Money } from "../primitives/money.ts";

/** A price with its text, ready to be shown. */
export type Price = Money & {
  /** As the asked locale writes it. @example "€12.99" */
  readonly text: string;
};

type Formatter = {
  readonly format: Intl.NumberFormat;
  readonly digits: number;
  readonly texts: Map<number, string>;
};

/** Making a formatter takes some 90 µs; using one, one or two, and a shop has few different prices. */
const made = new Map<string, Formatter>();
/** Texts remembered of one formatter: 20 kB. */
const TEXTS_MAX = 500;
/** Locales and currencies that are remembered. Whoever asks for ever new ones pays for them, and nobody else. */
const MADE_MAX = 200;

/**
 * The text of a price in a locale (BCP 47). Browsers need some 100 ms for their first formatter on a slow phone, so pages
 * are handed the text. A locale that is none, such as `en_US`, is written as in English.
 * @example withText({ minor: 1299, currency: "EUR" }, "de").text // "12,99 €", with a no-break space
 */
export function withText(money: Money, locale: string | undefined): Price {
  const { minor, currency } = money;
  const key = `${currency} ${locale ?? ""}`;
  let known = made.get(key);
  if (!known) {
    const digits = minorDigits(currency);
    known = { format: formatOf(currency, locale), digits, texts: new Map() };
    if (made.size >= MADE_MAX) made.clear();
    made.set(key, known);
  }
  const { format, digits, texts } = known;
  let text = texts.get(minor);
  if (text === undefined) {
    text = format.format(minor / 10 ** digits);
    if (texts.size >= TEXTS_MAX) texts.clear();
    texts.set(minor, text);
  }
  return { minor, currency, text };
}

function formatOf(currency: string, locale: string | undefined): Intl.NumberFormat {
  const digits = minorDigits(currency);
  const options = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  try {
    return new Intl.NumberFormat(locale || "en", options);
  } catch {
    return new Intl.NumberFormat("en", options);
  }
}
