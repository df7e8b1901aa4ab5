import type { Edit } from "../crash/plants.ts";
import type { Ground, Outcome, Scenario } from "./scenario.ts";
import { call } from "../../src/cli/call.ts";
import { RATES } from "../../src/edge/budget.ts";
import { Place } from "./place.ts";
import { beside, honestAskings, rowOf, rowsOf, together, unharmed } from "./honest.ts";
import { send, statusCount, type Hearing } from "./send.ts";
import { decideAsking, eventAsking, openShop, type Shop } from "./shop.ts";
import { atLeast, equal, holds, type Verdict } from "./verdict.ts";
import { Line, written, type Asking } from "./line.ts";

const TIMES = 10;
const ROUNDS = 4;
const SECONDS = 3;
/**
 * A budget is a share of what a machine can answer. Ten times the budgets meant for Cloudflare are more than a small machine
 * can even refuse; there the flooded budget is built smaller, so that the flood is this share of what it can.
 */
const SHARE_OF_MACHINE = 1 / 15;
const TRIED_MS = 1_500;
const TRIED_LINES = 16;

/** Requests a second that the machine answers at best, by the cheapest answer there is. */
async function capacityOf({ port }: Place): Promise<number> {
  const asking = { kind: "health", path: "/health", headers: {}, body: "" };
  const until = performance.now() + TRIED_MS;
  let answered = 0;
  await Promise.all(
    Array.from({ length: TRIED_LINES }, async () => {
      const line = new Line(port);
      for (; performance.now() < until; answered++) await line.ask(written(asking, 0));
      line.close();
    }),
  );
  return (answered * 1_000) / TRIED_MS;
}
const KEYS = 12;
const FOR_NOBODY = '"degraded":';

type Flood = {
  readonly name: string;
  readonly perSecond: number;
  readonly burst: number;
  /** Budgets that are built smaller where the machine is small, as the source has them. */
  readonly budgets: readonly string[];
  /** Events and decisions, in turn. */
  askings(shop: Shop): readonly Asking[];
};

const pair = (shop: Shop, visitorId: string, ip: string): Asking[] => [
  eventAsking(shop, visitorId, "flood", { ip }, "flood event"),
  decideAsking(shop, visitorId, shop.items[1]!, { ip }, "flood decide"),
];

const FLOODS: readonly Flood[] = [
  {
    name: "flood-visitor",
    ...RATES.visitor,
    budgets: ["visitor"],
    askings: (shop) => pair(shop, "flooder", "203.0.113.9"),
  },
  {
    /** A new visitor with each request. */
    name: "flood-network",
    ...RATES.network,
    budgets: ["network", "door", "newVisitors"],
    askings: (shop) => pair(shop, "flooder-{{n}}", "203.0.113.9"),
  },
  {
    /** Everybody at once, each from a network of their own. */
    name: "flood-key",
    ...RATES.key,
    budgets: ["key"],
    askings: (shop) => shop.visitors.flatMap((visitorId, i) => pair(shop, visitorId, `203.${i}.113.9`)),
  },
];

/** Honest people of many keys, so that none of these comes near a budget that was built smaller. */
async function honestOf(place: Place, shop: Shop, ofManyKeys: boolean): Promise<readonly Asking[]> {
  if (!ofManyKeys) return honestAskings(shop, "honest");
  const made = await Promise.all(
    Array.from({ length: KEYS }, (_, n) =>
      call<{ key: string }>(`${place.url}/v1/keys`, {
        key: shop.keys.adminKey,
        body: { kind: "pk", label: `honest ${n}` },
      }),
    ),
  );
  const askings = made.map(({ key }) => honestAskings(shop, "honest", key));
  // In turn by key: the first asking is one of the first key, the second one of the second.
  return askings[0]!.map((_, i) => askings[i % KEYS]![i]!);
}

/** The same budgets at a fraction. */
const smaller = (budgets: readonly string[], factor: number): Edit[] =>
  factor === 1
    ? []
    : budgets.map((name) => {
        const { perSecond, burst } = RATES[name as keyof typeof RATES];
        const plain = (n: number) => String(n).replace(/(\d)(\d{3})$/, "$1_$2");
        return {
          file: "src/edge/budget.ts",
          find: `${name}: { perSecond: ${plain(perSecond)}, burst: ${plain(burst)} }`,
          replace: `${name}: { perSecond: ${perSecond * factor}, burst: ${burst * factor} }`,
        };
      });

/** Ten times the budget of a visitor, a network and a key, with people of another site and of the same beside it. */
async function flooded(flood: Flood, { settings, edits }: Ground): Promise<Outcome> {
  const tried = await Place.open({ settings: {}, edits: [] });
  const capacity = await capacityOf(tried).finally(() => tried.close());
  const factor = Math.min(1, (capacity * SHARE_OF_MACHINE) / (TIMES * flood.perSecond));
  const place = await Place.open({ settings, edits: [...edits, ...smaller(flood.budgets, factor)] });
  try {
    const shop = await openShop(place, "flooded");
    // A flood by a key takes that key's budget from its own shop; it must not take anything from another's.
    const others = flood.name === "flood-key" ? await openShop(place, "beside") : shop;
    const isOfKey = flood.name === "flood-key";
    const isOfNetwork = flood.name === "flood-network";
    const rate = Math.round(TIMES * flood.perSecond * factor);
    const askings = flood.askings(shop);
    let from = 0;
    const before = { awake: 0, stored: 0, openFiles: 0 };
    const result = await beside(
      place.port,
      await honestOf(place, others, isOfKey),
      { rounds: ROUNDS, seconds: SECONDS },
      async () => {
        if (from === 0)
          Object.assign(before, {
            awake: place.awake(),
            stored: place.stored(),
            openFiles: place.openFiles,
          });
        const seconds = SECONDS + 2;
        const begun = from;
        from += rate * seconds;
        return send({ port: place.port, rate, seconds, askings, from: begun, marks: [FOR_NOBODY] });
      },
    );
    const told = together(result.told);
    const letIn = statusCount(told, "flood event", "200") + personal(told);
    // What rested between the rounds has filled up again.
    const most = ROUNDS * factor * (flood.burst + flood.perSecond * (SECONDS + 3));
    const woken = place.stored() - before.stored;
    const verdicts: Verdict[] = [
      ...unharmed(result),
      holds(
        "the flood is let in no further than its budget",
        letIn > 0 && letIn <= most,
        `${letIn} of ${Math.ceil(most)}`,
      ),
      atLeast("the flood's events refused with 429", 1, statusCount(told, "flood event", "429")),
      equal("refusals without Retry-After", 0, told.withoutRetry),
      equal(
        "the flood's decisions answered, for nobody in particular, or refused at the door",
        told.kinds["flood decide"]?.latencies.length ?? 0,
        statusCount(told, "flood decide", "200") +
          (isOfNetwork ? statusCount(told, "flood decide", "429") : 0),
      ),
      holds("objects woken are no more than requests let in", woken <= letIn, `${woken} of ${letIn}`),
      equal("faults", 0, Object.values(told.failures).reduce((sum, n) => sum + n, 0) + told.unanswered),
    ];
    return {
      verdicts,
      figures: {
        rate,
        factor,
        capacity,
        before,
        after: { awake: place.awake(), stored: place.stored(), openFiles: place.openFiles },
        rows: {
          ...rowsOf(result),
          "flood event": rowOf(told, "flood event"),
          "flood decide": rowOf(told, "flood decide"),
        },
      },
    };
  } finally {
    await place.close();
  }
}

/** Decisions of a flood that were made for somebody: those took an object. */
const personal = (told: Hearing): number =>
  statusCount(told, "flood decide", "200") - (told.kinds["flood decide"]?.marks[FOR_NOBODY] ?? 0);

/** One scenario for each flood; its budget is off where `BUDGET_FACTOR` is huge. */
export const FLOOD_SCENARIOS: readonly Scenario[] = FLOODS.map((one) => ({
  name: one.name,
  title: `${TIMES} times the budget of one ${one.name.slice("flood-".length)}`,
  off: [
    {
      name: "no budgets (BUDGET_FACTOR 1000000)",
      settings: { BUDGET_FACTOR: "1000000" },
      misses: ["the flood is let in no further"],
    },
  ],
  run: (ground) => flooded(one, ground),
}));
