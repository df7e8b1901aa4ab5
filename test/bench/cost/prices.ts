import { readFileSync } from "node:fs";
import { UNITS, type Usage } from "./usage.ts";

type Sourced = { readonly source: string; readonly trust: string; readonly checkedAt: string };
type Unit = Sourced & { readonly usdPerMillion: number; readonly includedMonth: number };
type Peer = Sourced & { readonly name: string; readonly note: string };

export type Prices = {
  readonly asOf: string;
  readonly cloudflare: {
    readonly baseUsdMonth: number;
    readonly units: Readonly<Record<keyof Usage, Unit>>;
    readonly storage: Sourced & { readonly usdPerGigabyteMonth: number; readonly includedGigabytes: number };
    readonly objectGigabytes: number;
  };
  readonly peers: {
    readonly algoliaRecommend: Peer & {
      readonly usdPerMillionRequests: number;
      readonly includedRequestsMonth: number;
    };
    readonly amazonPersonalize: Peer & { readonly usdPerTpsHour: number; readonly tpsMin: number };
    readonly segment: Peer & {
      readonly baseUsdMonth: number;
      readonly includedVisitors: number;
      readonly steps: readonly { readonly upTo: number | null; readonly usdPerVisitor: number }[];
    };
    readonly recombee: Peer & { readonly usdPerMillionRequests: number | null };
  };
};

/** All prices there are, with where and when each was read. To change one, change the file. */
export const PRICES = JSON.parse(readFileSync(new URL("prices.json", import.meta.url), "utf8")) as Prices;

/** Dollars at list price, unit by unit: what more of it costs once the month's allowance is used up. */
export const dollarsByUnit = (usage: Usage): Readonly<Record<keyof Usage, number>> =>
  Object.fromEntries(
    UNITS.map((unit) => [unit, (usage[unit] * PRICES.cloudflare.units[unit].usdPerMillion) / 1e6]),
  ) as Record<keyof Usage, number>;

/** Dollars at list price. */
export const dollarsOf = (usage: Usage): number =>
  Object.values(dollarsByUnit(usage)).reduce((sum, one) => sum + one, 0);

/** A month's bill: the plan, and what goes beyond its allowance. */
export function billOf(usage: Usage, gigabytes: number): number {
  const { units, storage, baseUsdMonth } = PRICES.cloudflare;
  const beyond = UNITS.reduce((sum, unit) => {
    const { usdPerMillion, includedMonth } = units[unit];
    return sum + (Math.max(0, usage[unit] - includedMonth) * usdPerMillion) / 1e6;
  }, 0);
  const stored = Math.max(0, gigabytes - storage.includedGigabytes) * storage.usdPerGigabyteMonth;
  return baseUsdMonth + beyond + stored;
}

/** A month of the peers that publish a price, in dollars; `undefined` where we know of none. */
export function peerBills(month: {
  readonly requests: number;
  readonly visitors: number;
}): { readonly name: string; readonly usd: number | undefined; readonly trust: string }[] {
  const { algoliaRecommend, amazonPersonalize, segment, recombee } = PRICES.peers;
  const algolia =
    (Math.max(0, month.requests - algoliaRecommend.includedRequestsMonth) *
      algoliaRecommend.usdPerMillionRequests) /
    1e6;
  const hours = 730;
  const tps = Math.max(amazonPersonalize.tpsMin, month.requests / (hours * 3_600));
  let tracked = segment.baseUsdMonth;
  let from = segment.includedVisitors;
  for (const { upTo, usdPerVisitor } of segment.steps) {
    const until = Math.min(month.visitors, upTo ?? month.visitors);
    tracked += Math.max(0, until - from) * usdPerVisitor;
    from = Math.max(from, until);
  }
  return [
    { name: algoliaRecommend.name, usd: algolia, trust: algoliaRecommend.trust },
    {
      name: amazonPersonalize.name,
      usd: tps * hours * amazonPersonalize.usdPerTpsHour,
      trust: amazonPersonalize.trust,
    },
    { name: segment.name, usd: tracked, trust: segment.trust },
    { name: recombee.name, usd: undefined, trust: recombee.trust },
  ];
}
