import { fnv1a32 } from "../primitives/hash.ts";
import type { EpochMs } from "../primitives/time.ts";
import { marginOf, standingOf, unitsOf, type Order, type Verdict } from "./order.ts";

/** What a customer's object tells the ledger of an order: enough to count it once, nothing of what was bought. */
export type Claim = {
  /** HMAC of site and order id. */
  readonly key: string;
  readonly isTrusted: boolean;
  readonly at: EpochMs;
  readonly minor: number;
  readonly currency: string;
  readonly refundedMinor: number;
  /** Digest of items and quantities: tells whether two sides mean the same basket. */
  readonly basket: number;
  /** Absent order: only its return was told here, or the claim is withdrawn. */
  readonly isKnown: boolean;
  /** Pieces that were not returned; absent where only a return was told. */
  readonly units?: number | undefined;
  /** What the shop keeps of it, where the cost of every piece is known. */
  readonly marginMinor?: number | undefined;
  readonly isInStore?: boolean | undefined;
  /** The party whose claims this one takes the place of, up to a sequence of theirs: a visitor who became a customer. */
  readonly replaces?: { readonly party: string; readonly upTo: number } | undefined;
};

/** Claims of the parties to one order, by party. */
export type Claims = Readonly<Record<string, Claim>>;

export function claimOf(order: Order): Claim {
  const standing = standingOf(order);
  if (!standing)
    return {
      key: order.key,
      isTrusted: false,
      at: 0,
      minor: 0,
      currency: "XXX",
      refundedMinor: 0,
      basket: 0,
      isKnown: false,
    };
  const { isTrusted, at, minor, currency, refundedMinor, lines } = standing;
  const basket = fnv1a32(JSON.stringify([...lines].sort(([a], [b]) => (a < b ? -1 : 1))));
  const marginMinor = marginOf(standing);
  return {
    key: order.key,
    isTrusted,
    at,
    minor,
    currency,
    refundedMinor,
    basket,
    isKnown: true,
    units: unitsOf(standing),
    ...(marginMinor === undefined ? {} : { marginMinor }),
    ...(standing.channel === "store" ? { isInStore: true } : {}),
  };
}

/** Whether a page tells the shop's order: the same basket, or the same amount within a hundredth. */
export const agrees = (page: Claim, shop: Claim): boolean =>
  page.basket === shop.basket ||
  (page.currency === shop.currency && Math.abs(page.minor - shop.minor) * 100 <= shop.minor);

export type Settlement = {
  /** The party that counts the order; absent while nobody knows it. */
  readonly home?: string | undefined;
  readonly truth?: Claim | undefined;
  /** Whose purchase it is: the shop's word, where there is one. */
  readonly owner?: string | undefined;
  /** Whether the shop told of the very basket that `home` tells. */
  readonly isConfirmed: boolean;
  /** Pages whose telling cannot be this order. */
  readonly contradicted: readonly string[];
};

/**
 * Decides who counts an order, from all that was claimed, in whatever order it came. The shop's word is the truth; a page
 * that agrees with it keeps the order, so that what it was shown is credited; a page that does not agree gets nothing: an
 * order id can be guessed. Among equals the earlier moment, then the party's name.
 */
export function settle(claims: Claims): Settlement {
  const known = Object.entries(claims)
    .filter(([, claim]) => claim.isKnown)
    .sort(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1));
  const shop = known.findLast(([, claim]) => claim.isTrusted);
  const pages = known.filter(([, claim]) => !claim.isTrusted);
  const agreeing = shop ? pages.filter(([, page]) => agrees(page, shop[1])) : pages;
  const home = agreeing[0] ?? shop;
  return {
    home: home?.[0],
    truth: shop?.[1] ?? home?.[1],
    owner: shop?.[0] ?? home?.[0],
    isConfirmed: shop !== undefined && home?.[1].basket === shop[1].basket,
    contradicted: pages.filter((page) => !agreeing.includes(page)).map(([party]) => party),
  };
}

/** What a settlement means for one party. A basket is taught once, by whoever counted the order first. */
export function verdictFor(
  party: string,
  settlement: Settlement,
  learner: string | undefined,
  version: number,
): Verdict {
  const { home, truth } = settlement;
  const counts = home === party && truth !== undefined;
  return {
    version,
    counts,
    owns: settlement.owner === party,
    learns: counts && (learner === undefined || learner === party),
    isConfirmed: counts && settlement.isConfirmed,
    at: truth?.at ?? 0,
    minor: counts ? truth.minor : 0,
    currency: truth?.currency ?? "XXX",
    refundedMinor: counts ? truth.refundedMinor : 0,
    units: counts ? (truth.units ?? 0) : 0,
    ...(counts && truth.marginMinor !== undefined ? { marginMinor: truth.marginMinor } : {}),
    ...(counts && truth.isInStore ? { isInStore: true } : {}),
  };
}
