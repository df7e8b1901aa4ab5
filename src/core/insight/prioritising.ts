import { CARD_ANALYTICS, CARD_MARKETING } from "../card/card.ts";
import { proportionMoments } from "../stats/moments.ts";
import { welch } from "../stats/welch.ts";
import { isCustomer, type Accumulator, type Customer } from "./accumulator.ts";
import type { Ranks } from "./ranks.ts";
import { mayTell, WITHHELD, type Withheld } from "./withhold.ts";

/** How many of a group do something, and of how many that can be known. */
export type GroupShare =
  | { readonly customers: number; readonly of: number; readonly share: number }
  | Withheld;

/** One sign of being looked after, for the best tenth of customers and for all others. */
export type Sign = {
  readonly sign: SignName;
  readonly best: GroupShare;
  readonly others: GroupShare;
  /** Best less others; `null` where it cannot be told. The interval holds for all signs together. */
  readonly difference: { readonly low: number; readonly high: number } | null;
  readonly finding: "more" | "less" | "unclear";
};

export type Prioritising =
  | Withheld
  | {
      readonly best: number;
      readonly others: number;
      readonly signs: readonly Sign[];
      /** Whether the shop looks after its best customers better than after others. */
      readonly answer: "yes" | "partly" | "no" | "unclear";
      readonly sentences: readonly string[];
    };

type SignName = "seen" | "overdue" | "personalized" | "reachable";
type Counts = { customers: number; of: number };
type Group = { customers: number } & Record<SignName, Counts>;

const BEST_SHARE = 0.1;
const SEEN_DAYS = 30;
/** Silence of so many times the customer's own mean time between orders is overdue: one in seven by mere chance. */
const OVERDUE_TIMES = 2;
const SIGNS: readonly SignName[] = ["seen", "overdue", "personalized", "reachable"];

const newGroup = (): Group => ({
  customers: 0,
  seen: { customers: 0, of: 0 },
  overdue: { customers: 0, of: 0 },
  personalized: { customers: 0, of: 0 },
  reachable: { customers: 0, of: 0 },
});

/**
 * Whether the shop looks after its best tenth of customers: whether they were seen lately, are overdue, are personalized
 * rather than held out, and may be written to.
 * @param ranks from a first pass over the same cards
 * @param today UTC day number
 */
export function gatherPrioritising(ranks: Ranks, today: number, level = 0.95): Accumulator<Prioritising> {
  const groups = { best: newGroup(), others: newGroup() };
  return {
    add(card, worth) {
      if (!isCustomer(card)) return;
      count(groups[ranks.isBest(card.purchases, worth, BEST_SHARE) ? "best" : "others"], card, today);
    },
    finish() {
      const [best, others] = [groups.best.customers, groups.others.customers];
      if (!mayTell(best) || !mayTell(others)) return WITHHELD;
      const each = 1 - (1 - level) / SIGNS.length;
      const signs = SIGNS.map((sign) => signOf(sign, groups.best[sign], groups.others[sign], each));
      const answer = answerOf(signs);
      return { best, others, signs, answer, sentences: sentencesOf(best, signs, answer) };
    },
  };
}

function count(group: Group, card: Customer, today: number): void {
  const { may, arm, lastDay, purchases } = card;
  const tally = (sign: SignName, is: boolean) => {
    group[sign].of++;
    if (is) group[sign].customers++;
  };
  group.customers++;
  if (may & CARD_ANALYTICS) tally("seen", today - lastDay <= SEEN_DAYS);
  if (arm !== undefined) tally("personalized", arm === "personalized");
  tally("reachable", (may & CARD_MARKETING) !== 0);
  if (purchases.repeats === 0) return;
  const between = (purchases.lastDay - purchases.firstDay) / purchases.repeats;
  tally("overdue", today - purchases.lastDay > OVERDUE_TIMES * between);
}

function signOf(sign: SignName, best: Counts, others: Counts, level: number): Sign {
  const shareOf = ({ customers, of }: Counts): GroupShare =>
    mayTell(customers, of) ? { customers, of, share: customers / of } : WITHHELD;
  const [one, other] = [shareOf(best), shareOf(others)];
  const test =
    "withheld" in one || "withheld" in other
      ? undefined
      : welch(
          proportionMoments(others.customers, others.of),
          proportionMoments(best.customers, best.of),
          level,
        );
  const finding = test === undefined ? "unclear" : test.low > 0 ? "more" : test.high < 0 ? "less" : "unclear";
  const difference = test === undefined ? null : { low: test.low, high: test.high };
  return { sign, best: one, others: other, difference, finding };
}

/** To be overdue is bad; all other signs are good. */
const isGood = ({ sign, finding }: Sign): boolean => finding === (sign === "overdue" ? "less" : "more");
const isBad = ({ sign, finding }: Sign): boolean => finding === (sign === "overdue" ? "more" : "less");

function answerOf(signs: readonly Sign[]): "yes" | "partly" | "no" | "unclear" {
  const [good, bad] = [signs.some(isGood), signs.some(isBad)];
  return good && bad ? "partly" : good ? "yes" : bad ? "no" : "unclear";
}

const ANSWERS = {
  yes: "look after them better than after others",
  partly: "look after them better than after others in some ways and worse in others",
  no: "look after them less well than after others",
  unclear: "treat them no differently from others, as far as can be told",
} as const;
const WORDS: Readonly<Record<SignName, string>> = {
  seen: `were seen in the last ${SEEN_DAYS} days`,
  overdue: "have been silent for more than twice their usual time between orders",
  personalized: "are personalized rather than held out",
  reachable: "allow marketing",
};

function sentencesOf(best: number, signs: readonly Sign[], answer: keyof typeof ANSWERS): string[] {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const sentences = [`Your best tenth are ${best} customers; you ${ANSWERS[answer]}.`];
  for (const { sign, best: one, others, finding } of signs) {
    if (finding === "unclear" || "withheld" in one || "withheld" in others) continue;
    sentences.push(
      `${percent(one.share)} of them ${WORDS[sign]}, against ${percent(others.share)} of the others.`,
    );
  }
  const overdue = signs.find(({ sign }) => sign === "overdue")?.best;
  if (overdue && !("withheld" in overdue))
    sentences.push(`${overdue.customers} of them are overdue: write to these first, where they allow it.`);
  return sentences;
}
