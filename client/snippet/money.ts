import type { Money } from "../../src/core/primitives/money.ts";

/**
 * Minor units in one major unit of a currency (ISO 4217), told by the country that a code begins with. `Intl` cannot be
 * asked: it knows no fillér.
 */
export const scale = (currency: string): number =>
  /^(BI|CL|DJ|GN|IS|JP|KM|KR|PY|RW|UG|VN|VU|X[AOP]F)/.test(currency)
    ? 1
    : /^(BH|IQ|JO|KW|LY|OM|TN)/.test(currency)
      ? 1000
      : 100;

/**
 * Money from an amount in major units; nothing where that cannot be told.
 * @example money("12,99", "EUR") // { minor: 1299, currency: "EUR" }
 */
export function money(amount: unknown, currency: unknown): Money | undefined {
  const code = String(currency);
  const minor = Math.round(parseFloat(String(amount).replace(",", ".")) * scale(code));
  if (minor >= 0 && /^[A-Z]{3}$/.test(code)) return { minor, currency: code };
}
