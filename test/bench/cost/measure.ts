import type { MeterReading, TurnCount } from "./meter.ts";
import type { Metered } from "./metered-server.ts";
import { PRICES } from "./prices.ts";
import { NOTHING, plus, type Usage } from "./usage.ts";

/**
 * What a turn is billed for at least, in milliseconds: a Worker's clock stands still while it computes, and nobody here waits
 * for a second machine to confirm a write.
 */
export const TURN_MS = 5;

/** Nothing more is counted for so long: then everything that follows has happened. Alarms come after four seconds. */
const QUIET_MS = 4_500;
const SETTLE_MS_MAX = 40_000;

export type Cost = {
  /** Until the last answer: the request, and what the customer's object did for it. */
  readonly ingest: Usage;
  /** All of it, with everything that followed in whatever object. */
  readonly total: Usage;
  /** The same by kind of turn; `Worker` for the requests themselves. */
  readonly turns: Readonly<Record<string, Usage>>;
};

const gigabyteSeconds = (ms: number) => (ms / 1000) * PRICES.cloudflare.objectGigabytes;

function usageOf(count: TurnCount, awakeMs: number): Usage {
  return {
    ...NOTHING,
    objectRequests: count.requests,
    rowsRead: count.rowsRead,
    rowsWritten: count.rowsWritten + count.alarms,
    gigabyteSeconds: gigabyteSeconds(awakeMs + TURN_MS * count.requests),
  };
}

function difference(after: TurnCount, before: TurnCount | undefined): TurnCount {
  const of = (unit: keyof TurnCount) => after[unit] - (before?.[unit] ?? 0);
  return {
    requests: of("requests"),
    rowsRead: of("rowsRead"),
    rowsWritten: of("rowsWritten"),
    alarms: of("alarms"),
    waitedMs: of("waitedMs"),
  };
}

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);

/** Does some work and adds up what the platform would bill for it; waits until nothing more follows. */
export async function costOf(server: Metered, work: () => Promise<void>): Promise<Cost> {
  const before = await server.read();
  await work();
  const answered = await server.read();
  if (!(await server.settled(QUIET_MS, SETTLE_MS_MAX)))
    console.log("   (Something still went on when this was counted.)");
  const after = await server.read();
  const requests = sumOf(answered.worker) - sumOf(before.worker);
  const of = (reading: MeterReading, name: string) => difference(reading.turns[name]!, before.turns[name]);
  const turns: Record<string, Usage> = {
    Worker: { ...NOTHING, workerRequests: requests, cpuMs: after.cpuMs - before.cpuMs },
  };
  for (const name of Object.keys(after.turns)) {
    const usage = usageOf(of(after, name), 0);
    if (Object.values(usage).some((value) => value > 0)) turns[name] = usage;
  }
  for (const [name, ms] of Object.entries(after.awakeMs)) {
    const awakeMs = ms - (before.awakeMs[name] ?? 0);
    if (awakeMs > 0) turns[`${name} awake`] = { ...NOTHING, gigabyteSeconds: gigabyteSeconds(awakeMs) };
  }
  const entered = ["CustomerObject.observe", "CustomerObject.view"].flatMap((name) => {
    if (!answered.turns[name]) return [];
    const count = of(answered, name);
    return [usageOf(count, count.waitedMs)];
  });
  return {
    ingest: entered.reduce(plus, {
      ...NOTHING,
      workerRequests: requests,
      cpuMs: answered.cpuMs - before.cpuMs,
    }),
    total: Object.values(turns).reduce(plus, NOTHING),
    turns,
  };
}
