import { quantile, round } from "./figures.ts";
import { cpuMsOf, rssMbOf } from "./process.ts";
import { placeOf, ourContenders, type Target } from "./contenders.ts";
import { Connection } from "./connection.ts";
import type { Shop } from "./shop.ts";

/** What a server that has just begun does. Milliseconds from its first request on. */
export type ColdStart = {
  /** CPU until `/health` answered: start of the process and of the isolate, script included. */
  readonly startCpuMs: number | undefined;
  readonly firstAnswerMs: number;
  /** Until an answer came from the model; before, the config's fallbacks answer. */
  readonly fromModelMs: number;
  /** Customers whose objects slept, one after the other. */
  readonly sleeper: { readonly p50Ms: number; readonly p99Ms: number };
  /** Memory once config, catalog and model are loaded and nobody but a few customers is awake. */
  readonly rssMb: number | undefined;
};

const SLEEPERS = 200;

/** Asks a server that was just started, before anybody else does. @param until where nothing was learned there is nothing to wait for */
export async function coldStart(server: Target, shop: Shop, until: "model" | "whatever"): Promise<ColdStart> {
  const place = placeOf(server);
  const startCpuMs = cpuMsOf(place.pid);
  const { decide } = ourContenders(place, shop);
  const connection = new Connection(place.port);
  try {
    const startedAt = performance.now();
    let firstAnswerMs: number | undefined;
    for (;;) {
      const { status, body } = await connection.ask(decide.next());
      const ms = performance.now() - startedAt;
      if (status !== 200) throw new Error(`A cold server answered ${status}: ${body.slice(0, 300)}`);
      firstAnswerMs ??= ms;
      const isLearned = /"code":"(bought_together|viewed_together|bought_with_kind|similar_visits)"/.test(
        body,
      );
      if (isLearned || ms > (until === "model" ? 60_000 : 5_000)) {
        const sleepers: number[] = [];
        const { decide: next } = ourContenders(place, { ...shop, readers: shop.writers.slice(0, SLEEPERS) });
        for (let i = 0; i < Math.min(SLEEPERS, shop.writers.length); i++) {
          const at = performance.now();
          await connection.ask(next.next());
          sleepers.push(performance.now() - at);
        }
        return {
          startCpuMs,
          firstAnswerMs: round(firstAnswerMs),
          fromModelMs: round(ms),
          sleeper: { p50Ms: round(quantile(sleepers, 0.5)), p99Ms: round(quantile(sleepers, 0.99)) },
          rssMb: rssMbOf(place.pid),
        };
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    connection.close();
  }
}
