import { readCustomers } from "../crash/storage.ts";
import { HONEST_RATE, beside, honestAskings, rowOf, rowsOf, together, unharmed } from "./honest.ts";
import { Place } from "./place.ts";
import type { Ground, Outcome, Scenario } from "./scenario.ts";
import { send, statusCount, type Hearing } from "./send.ts";
import { openShop, serverAsking } from "./shop.ts";
import { settled } from "./sums.ts";
import { atLeast, equal, holds } from "./verdict.ts";

const RATE = 500;
const ROUNDS = 3;
const SECONDS = 4;
/** More than one object takes: what is beyond has to be refused, and said when to come again. */
const TOO_MUCH = 1_000;
const TOO_MUCH_SECONDS = 4;

async function run(ground: Ground): Promise<Outcome> {
  const place = await Place.open(ground);
  try {
    const shop = await openShop(place, "hot");
    const before = await settled(place, shop);
    let from = 0;
    const heat = (rate: number, seconds: number): Promise<Hearing> => {
      const begun = from;
      from += rate * seconds;
      const askings = [serverAsking(shop, "hot-customer", "hot", "hot")];
      return send({ port: place.port, rate, seconds, askings, from: begun, lines: 1_000 });
    };
    const result = await beside(
      place.port,
      honestAskings(shop, "honest"),
      { rounds: ROUNDS, seconds: SECONDS },
      () => heat(RATE, SECONDS + 2),
    );
    const hot = together(result.told);
    const over = await heat(TOO_MUCH, TOO_MUCH_SECONDS);
    const after = await settled(place, shop);
    const honest =
      statusCount(result.quiet, "event", "200") + statusCount(result.under, "event", "200") + WARM_UP;
    await place.stop();
    const stored = hotEvents(place.dataDir);
    const accepted = [...hot.accepted, ...over.accepted];
    const ids = new Set(stored);
    const lost = accepted.filter((n) => !ids.has(`hot-${n}`)).length;
    return {
      verdicts: [
        atLeast("events accepted of the hot customer", 1, hot.accepted.length),
        holds(
          `at ${RATE} a second: accepted, or 429/503 with Retry-After`,
          hot.unanswered === 0 && hot.withoutRetry === 0 && fateOf(hot).else === 0,
          wordsOf(hot),
        ),
        ...unharmed(result),
        holds(
          `at ${TOO_MUCH} a second: accepted, or 429/503 with Retry-After`,
          over.unanswered === 0 && over.withoutRetry === 0 && fateOf(over).else === 0,
          wordsOf(over),
        ),
        equal("accepted and lost", 0, lost),
        equal("stored twice, or never accepted", 0, stored.length - accepted.length + lost),
        equal("events in the site's sums", accepted.length + honest, after - before),
      ],
      figures: {
        rows: {
          ...rowsOf(result),
          [`${RATE} a second`]: rowOf(hot, "hot"),
          [`${TOO_MUCH} a second`]: rowOf(over, "hot"),
        },
        failures: { ...hot.failures, ...over.failures },
      },
    };
  } finally {
    await place.close();
  }
}

/** What became of the hot customer's events. */
function fateOf(hearing: Hearing) {
  const accepted = hearing.accepted.length;
  const refused = statusCount(hearing, "hot", "429") + statusCount(hearing, "hot", "503");
  return { accepted, refused, else: (hearing.kinds["hot"]?.latencies.length ?? 0) - accepted - refused };
}

const wordsOf = (hearing: Hearing): string => JSON.stringify(fateOf(hearing));

/** Honest events of the warm-up: two seconds, half of all requests. */
const WARM_UP = HONEST_RATE;

/** Ids of the hot customer's events, as often as they are stored. */
function hotEvents(dataDir: string): string[] {
  const ids: string[] = [];
  for (const { rows } of readCustomers(dataDir))
    for (const { events } of rows) for (const { id } of events) if (id.startsWith("hot-")) ids.push(id);
  return ids;
}

export const hotCustomer: Scenario = {
  name: "hot-customer",
  title: `One customer at ${RATE} events a second, and at ${TOO_MUCH}`,
  off: [
    {
      name: "no budgets (BUDGET_FACTOR 1000000)",
      settings: { BUDGET_FACTOR: "1000000" },
      misses: ["decide: others' p99", "event: others' p99", `at ${TOO_MUCH} a second`],
    },
  ],
  run,
};
