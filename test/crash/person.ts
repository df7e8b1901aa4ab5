import type { Dice } from "./dice.ts";
import type { Witness } from "./witness.ts";

/** Ids of one tab, or of one tracker: a name and a counter. */
export type Series = { readonly name: string; next: number };

export type Grants = { readonly analytics: boolean; readonly personalization: boolean };

/** What somebody bought; told by the page, by the shop's server, or by both with the same content. */
export type Purchase = {
  readonly orderId: string;
  readonly minor: number;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** A slot of a decision that was answered and not yet reported as seen. */
export type Shown = { readonly token: string; readonly items: readonly string[] };

/** One visitor of the crash shop, as their browser and the shop's server know them. */
export type Person = {
  readonly n: number;
  /** Changes when the server hands out another. */
  visitorId: string;
  readonly formerIds: string[];
  /** Visited by several connections at once, and more often than others. */
  readonly isHot: boolean;
  /** Whether the browser sends the snippet's own ids, or another tracker's. */
  readonly isStream: boolean;
  /** What the shop's server calls them; absent: nobody ever registers. */
  readonly customerId: string | undefined;
  /** Came back after an erasure: since then the shop's tokens say so. */
  readonly registeredAt: number | undefined;
  readonly tabs: Series[];
  readonly server: Series;
  /** What the browser states along with every call. */
  grants: Grants;
  /** A purpose was denied, so events taken in before may be stripped. */
  hasWithdrawn: boolean;
  /** Whether a page of theirs has shown a token, or the shop's server has named both ids. */
  isIdentified: boolean;
  /** Whether anything of theirs was acknowledged, and with it their consent. */
  hasVisited: boolean;
  /** How often a page of theirs has forgotten who they are. */
  losses: number;
  /** Erasing was asked for, or confirmed. Nothing is taken in afterwards. */
  erasure: "none" | "asked" | "done";
  readonly purchases: Purchase[];
  /** Orders that the server has still to tell. */
  readonly untold: Purchase[];
  readonly shown: Shown[];
};

const EVERYTHING: Grants = { analytics: true, personalization: true };
const LESS: readonly Grants[] = [
  { analytics: true, personalization: false },
  { analytics: false, personalization: true },
  { analytics: false, personalization: false },
];

/**
 * Somebody new. Two in five never register; of five one shares a registered customer with the one before: two browsers,
 * one customer.
 */
export function newPerson(n: number, throws: Dice, witness: Witness, back?: Person): Person {
  const owner = n % 5 === 4 ? n - 1 : n;
  const grants = back || throws.hits(0.93) ? EVERYTHING : throws.one(LESS);
  const person: Person = {
    n,
    visitorId: `crash-${n}-${throws.text(6)}`,
    formerIds: [],
    isHot: n % 25 === 7 && !back,
    isStream: throws.hits(0.7),
    customerId: back ? back.customerId : owner % 5 < 2 ? undefined : `customer-${owner}`,
    registeredAt: back ? Date.now() : undefined,
    tabs: [],
    server: { name: `srv.${n}.${throws.text(8)}`, next: 0 },
    grants,
    // A letter of then may come again after everything was granted, or after another browser of theirs was granted it.
    hasWithdrawn: grants !== EVERYTHING && (n % 5 >= 3 || n % 4 === 0),
    isIdentified: back !== undefined,
    hasVisited: false,
    losses: 0,
    erasure: "none",
    purchases: [],
    untold: [],
    shown: [],
  };
  witness.open(person.server.name, n);
  openTab(person, throws, witness);
  return person;
}

/** Another tab: the snippet counts from nought under a new name. */
export function openTab(person: Person, throws: Dice, witness: Witness): void {
  const name = person.isStream ? throws.text(12) : `msg.${person.n}.${throws.text(10)}`;
  witness.open(name, person.n);
  person.tabs.push({ name, next: 0 });
}

export const nextId = (series: Series): string => `${series.name}-${series.next++}`;

/** Other grants than everything, or everything again. */
export const otherGrants = (throws: Dice): Grants => (throws.hits(0.5) ? EVERYTHING : throws.one(LESS));

/** What a tab states that has not heard of a withdrawal. */
export const STALE_GRANTS = EVERYTHING;
