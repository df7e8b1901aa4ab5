import { median, round } from "../bench/serve/figures.ts";
import { decideAsking, eventAsking, type Shop } from "./shop.ts";
import type { Asking } from "./line.ts";
import { send, type Hearing } from "./send.ts";
import { below, equal, p99, type Verdict } from "./verdict.ts";

/** Requests a second of honest people: half of them decisions, half events. */
export const HONEST_RATE = 100;
/** Honest people: 64, each from a network of their own, who ask less than twice a second. */
const PEOPLE = 64;
const SETTLE_MS = 1_000;

export type Beside = {
  readonly quiet: Hearing;
  readonly under: Hearing;
  /** The same round by round. */
  readonly pairs: readonly (readonly [quiet: Hearing, under: Hearing])[];
  /** What was told of the load, one for each round. */
  readonly told: readonly unknown[];
};

let sent = 0;

/** What honest people ask of a shop, in turn. */
export function honestAskings(shop: Shop, mark: string, key = shop.keys.writeKey): Asking[] {
  return shop.visitors.slice(0, PEOPLE).flatMap((visitorId, i) => {
    const from = { ip: `198.51.${i}.7`, key };
    const item = shop.items[i % shop.items.length]!;
    return [decideAsking(shop, visitorId, item, from), eventAsking(shop, visitorId, mark, from)];
  });
}

/** Honest requests for a while. */
export function honestly(port: number, askings: readonly Asking[], seconds: number): Promise<Hearing> {
  const from = sent;
  sent += HONEST_RATE * seconds;
  return send({
    port,
    rate: HONEST_RATE,
    seconds,
    askings,
    from,
    marks: ['"degraded"', '"status":"rejected"'],
  });
}

/** Honest requests in quiet and under load, in turn, so that the machine's moods hit both alike. */
export async function beside<T>(
  port: number,
  askings: readonly Asking[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  load: () => Promise<T>,
): Promise<Beside & { readonly told: readonly T[] }> {
  const quiet: Hearing[] = [];
  const under: Hearing[] = [];
  const told: T[] = [];
  await honestly(port, askings, 2); // Wakes every object, compiles what is hot.
  for (let n = 0; n < rounds; n++) {
    quiet.push(await honestly(port, askings, seconds));
    const [one, hearing] = await Promise.all([
      load(),
      pause(SETTLE_MS).then(() => honestly(port, askings, seconds)),
    ]);
    told.push(one);
    under.push(hearing);
    await pause(SETTLE_MS);
  }
  const pairs = quiet.map((one, n) => [one, under[n]!] as const);
  return { quiet: together(quiet), under: together(under), pairs, told };
}

/** Whether honest people notice: all are answered, and the slowest hundredth waits less than twice as long. */
export function unharmed({ pairs, quiet: allQuiet, under }: Beside): Verdict[] {
  const of = (hearing: Hearing, kind: string) => p99(hearing.kinds[kind]?.latencies ?? []);
  return [
    // Neighbouring rounds share the machine's moods; what else ran during one of them does not decide.
    ...["decide", "event"].map((kind) =>
      below(
        `${kind}: others' p99, times their quiet p99 (median of ${pairs.length} rounds)`,
        2,
        median(pairs.map(([quiet, loaded]) => of(loaded, kind) / of(quiet, kind))),
      ),
    ),
    // A median says nothing of the worst round, so all rounds are also looked at as one.
    ...["decide", "event"].map((kind) =>
      below(
        `${kind}: others' p99, times their quiet p99 (all rounds together)`,
        2,
        of(under, kind) / of(allQuiet, kind),
      ),
    ),
    equal("honest requests refused, degraded or lost", 0, troubled(under)),
  ];
}

const troubled = ({ kinds, unanswered }: Hearing): number =>
  Object.values(kinds).reduce(
    (sum, { statuses, marks }) =>
      sum +
      Object.entries(statuses).reduce((bad, [status, n]) => bad + (status === "200" ? 0 : n), 0) +
      Object.values(marks).reduce((bad, n) => bad + n, 0),
    unanswered,
  );

/** A row for people. */
export const rowOf = (hearing: Hearing, kind: string): Readonly<Record<string, unknown>> => {
  const { latencies = [], statuses = {} } = hearing.kinds[kind] ?? {};
  return {
    answers: latencies.length,
    "p50 ms": round(latencies.length > 0 ? median(latencies) : Number.NaN),
    "p99 ms": round(p99(latencies)),
    "max ms": round(latencies.reduce((most, ms) => Math.max(most, ms), 0)),
    statuses: JSON.stringify(statuses),
  };
};

/** Rows of honest people in quiet and under load. */
export const rowsOf = ({ quiet, under }: Beside): Readonly<Record<string, unknown>> => ({
  "decide, quiet": rowOf(quiet, "decide"),
  "decide, under load": rowOf(under, "decide"),
  "event, quiet": rowOf(quiet, "event"),
  "event, under load": rowOf(under, "event"),
});

/** What several senders heard, as one. */
export function together(hearings: readonly Hearing[]): Hearing {
  const kinds: Hearing["kinds"] = {};
  const failures: Record<string, number> = {};
  for (const hearing of hearings) {
    for (const [kind, { latencies, statuses, marks }] of Object.entries(hearing.kinds)) {
      const all = (kinds[kind] ??= { latencies: [], statuses: {}, marks: {} });
      for (const ms of latencies) all.latencies.push(ms);
      addTo(all.statuses, statuses);
      addTo(all.marks, marks);
    }
    addTo(failures, hearing.failures);
  }
  return {
    kinds,
    failures,
    accepted: hearings.flatMap(({ accepted }) => accepted),
    withoutRetry: hearings.reduce((sum, one) => sum + one.withoutRetry, 0),
    unanswered: hearings.reduce((sum, one) => sum + one.unanswered, 0),
  };
}

function addTo(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, n] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + n;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
