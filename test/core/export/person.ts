import type { Whole } from "../../../src/core/customer/customer.ts";
import type { DecisionClaim } from "../../../src/core/event/resolved.ts";
import type { Exported, Span } from "../../../src/core/export/subject.ts";
import { DAY, happened, NOW, Shop, type Person } from "../customer/shop.ts";

export const ALWAYS: Span = { from: 0, until: NOW + 10 * DAY };
export const SHOP_SAYS = { source: "server", isTrusted: true };
export const euros = (minor: number) => ({ minor, currency: "EUR" });

export const claim = (more: Partial<DecisionClaim> = {}): DecisionClaim => ({
  site: "s",
  subject: "p",
  expiresAt: NOW + DAY,
  decisionId: "d1",
  slot: "home",
  revision: 7,
  picks: [
    ["a", 0.5],
    ["b", 0.25],
  ],
  assignments: [
    ["holdout", "personalized", DAY],
    ["bandit", "bold", DAY, { p: 0.7, leaf: "phone" }],
  ],
  ...more,
});

/** Somebody who did one of everything that the tests ask about. */
export function busy(): Person {
  const person = new Shop().person("p");
  person.tell([
    happened("page_viewed", {
      id: "page",
      at: NOW - 100,
      page: { type: "home", url: "https://shop.example/", referrer: "https://www.google.com/" },
    }),
    happened("product_viewed", { id: "view", item: "a", price: euros(1999), at: NOW - 90 }),
    happened("slot_seen", { id: "seen", claim: claim(), items: ["a", "b"], at: NOW - 80 }),
    happened("slot_clicked", { id: "click", claim: claim(), item: "b", at: NOW - 70 }),
    happened("review_given", { id: "review", item: "a", rating: 4, text: "SECRET words", at: NOW - 60 }),
    happened("survey_answered", {
      id: "survey",
      survey: "nps",
      question: "why",
      kind: "nps",
      score: 9,
      max: 10,
      answer: "SECRET answer",
      at: NOW - 55,
    }),
    happened("traits_updated", {
      id: "traits",
      traits: { email: "SECRET@x.example", size: "L" },
      at: NOW - 50,
    }),
  ]);
  person.tell(
    [
      happened("order_completed", {
        id: "order",
        orderId: "o1",
        revenue: euros(5000),
        lines: [
          { item: "a", quantity: 2 },
          { item: "b", quantity: 1 },
        ],
        at: NOW - 40,
      }),
      happened("order_refunded", {
        id: "refund",
        orderId: "o1",
        amount: euros(1000),
        lines: [{ item: "b", quantity: 1 }],
        at: NOW - 30,
      }),
    ],
    SHOP_SAYS,
  );
  return person;
}

export const exported = (person: Person, more: Partial<Exported> = {}): Exported => ({
  customer: person.customer!,
  rows: person.log,
  pseudonym: "v_pseudonym",
  ...more,
});

/** The same person in other circumstances. */
export const but = (person: Person, more: Partial<Whole>, rest: Partial<Exported> = {}): Exported =>
  exported(person, { customer: { ...person.customer!, ...more }, ...rest });
