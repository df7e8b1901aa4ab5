import { normalQuantile } from "../stats/normal.ts";
import type { Money } from "../primitives/money.ts";
import type { Purchases } from "../value/purchases.ts";
import { netOf, type Worth } from "./accumulator.ts";
import { mayTell, WITHHELD, type Withheld } from "./withhold.ts";

/** What one person of the sample answered. */
export type PreviewAnswer = {
  readonly isIn: boolean;
  /** Segments of the published config they are in. */
  readonly segments: readonly string[];
  readonly purchases?: Purchases | undefined;
  readonly worth?: Worth | undefined;
};

type Estimate = { readonly value: number; readonly low: number; readonly high: number };

/** What a segment would be, before it is published. */
export type SegmentPreview = {
  /** People there are, and people who were asked. As many: everything is exact. */
  readonly people: number;
  readonly asked: number;
  readonly size: Estimate | Withheld;
  readonly share: Estimate | Withheld;
  /** Of those who would be in it, by currency. */
  readonly value: readonly {
    readonly currency: string;
    readonly customers: number;
    readonly revenuePerCustomer: Money;
    readonly clvPerCustomer: Money | null;
  }[];
  /** Published segments that those who would be in it are in too. */
  readonly overlaps: readonly { readonly segment: string; readonly share: number }[];
};

const LEVEL = 0.95;

/**
 * A segment's size and value from a sample of people. The share has Wilson's interval ("Probable inference", 1927), narrowed
 * by how much of everybody was asked.
 */
export function previewOf(answers: readonly PreviewAnswer[], people: number): SegmentPreview {
  const asked = answers.length;
  const members = answers.filter(({ isIn }) => isIn);
  const isTold = mayTell(members.length, asked) || members.length === 0;
  const share = shareOf(members.length, asked, people);
  const size: Estimate = {
    value: Math.round(share.value * people),
    low: Math.max(members.length, Math.floor(share.low * people)),
    high: Math.ceil(share.high * people),
  };
  return {
    people,
    asked,
    size: isTold ? size : WITHHELD,
    share: isTold ? share : WITHHELD,
    value: isTold ? valueOf(members) : [],
    overlaps: isTold ? overlapsOf(members) : [],
  };
}

function shareOf(count: number, of: number, people: number): Estimate {
  if (of === 0) return { value: 0, low: 0, high: 0 };
  const share = count / of;
  if (of >= people) return { value: share, low: share, high: share };
  const z = -normalQuantile((1 - LEVEL) / 2) * Math.sqrt((people - of) / (people - 1));
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const reach = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { value: share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

function valueOf(members: readonly PreviewAnswer[]): SegmentPreview["value"] {
  const byCurrency = Map.groupBy(
    members.filter(({ purchases }) => purchases !== undefined),
    ({ purchases }) => purchases!.currency,
  );
  return [...byCurrency].flatMap(([currency, customers]) => {
    if (!mayTell(customers.length)) return [];
    const mean = (values: readonly number[]): Money => ({
      minor: Math.round(values.reduce((sum, value) => sum + value, 0) / values.length),
      currency,
    });
    const scores = customers.flatMap(({ worth }) => worth?.clvMinor ?? []);
    return [
      {
        currency,
        customers: customers.length,
        revenuePerCustomer: mean(customers.map(({ purchases }) => netOf(purchases!))),
        clvPerCustomer: mayTell(scores.length) ? mean(scores) : null,
      },
    ];
  });
}

function overlapsOf(members: readonly PreviewAnswer[]): SegmentPreview["overlaps"] {
  const counts = new Map<string, number>();
  for (const { segments } of members) for (const id of segments) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => mayTell(count, members.length))
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([segment, count]) => ({ segment, share: count / members.length }));
}
