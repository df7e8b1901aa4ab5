import type { Money } from "../../src/core/primitives/money.ts";

/** Goods from this many cents on are sent for free. */
const FREE_FROM_CENTS = 4_900;
const SHIPPING_CENTS = 490;
/** Value added tax contained in a price, in percent of the net price. */
const VAT_PERCENT = 19;

/** What sending these goods costs. @example shippingFor({ minor: 5000, currency: "EUR" }) // { minor: 0, … } */
export const shippingFor = (goods: Money): Money => ({
  ...goods,
  minor: goods.minor === 0 || goods.minor >= FREE_FROM_CENTS ? 0 : SHIPPING_CENTS,
});

/** The tax contained in a sum. @example taxIn({ minor: 11900, currency: "EUR" }) // { minor: 1900, … } */
export const taxIn = (goods: Money): Money => ({
  ...goods,
  minor: Math.round((goods.minor * VAT_PERCENT) / (100 + VAT_PERCENT)),
});
