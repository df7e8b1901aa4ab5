import type { Edit } from "../crash/plants.ts";
import { pause, rowOf, together } from "./honest.ts";
import { Place } from "./place.ts";
import type { Ground, Outcome, Scenario } from "./scenario.ts";
import { send, statusCount, type Hearing } from "./send.ts";
import { decideAsking, eventAsking, openShop, serverAsking } from "./shop.ts";
import { counted, settled } from "./sums.ts";
import { atLeast, below, equal, p99, type Verdict } from "./verdict.ts";

const RATE = 60;
/** Longer than what an isolate knows of a site may age. */
const SECONDS = 7;
const PEOPLE = 32;
const DECIDE_MS_MAX = 150;
/** How long a call hangs: far beyond what anybody waits for, and short enough to see that all is caught up with. */
const HANGS_MS = 20_000;
const WORKER = "src/worker.ts";

/** How an object is out of order. */
const FAULTS = ["throws", "hangs"] as const;
const SHARDS = ["model", "ledger"] as const;
type Fault = { readonly shard: (typeof SHARDS)[number]; readonly how: (typeof FAULTS)[number] };

/** Lets a class of objects be put out of order while the server runs, and in order again. Only in what is built here. */
const breakable = (name: string, file: string, shard: string): Edit => ({
  file: WORKER,
  find: `export { ${name} } from "./objects/${file}.ts";`,
  replace: `import { ${name} as Whole${name} } from "./objects/${file}.ts";
export class ${name} extends Whole${name} {}
for (const method of Object.getOwnPropertyNames(Whole${name}.prototype))
  if (method !== "constructor" && typeof Object.getOwnPropertyDescriptor(Whole${name}.prototype, method).value === "function")
    ${name}.prototype[method] = function (...given) {
      const go = () => Whole${name}.prototype[method].apply(this, given);
      if (globalThis.fault === "${shard} throws") throw new Error("out of order");
      if (globalThis.fault === "${shard} hangs") return new Promise((resolve) => setTimeout(resolve, ${HANGS_MS})).then(go);
      return go();
    };`,
});
const EDITS: readonly Edit[] = [
  breakable("ModelObject", "model-object", "model"),
  breakable("LedgerObject", "ledger-object", "ledger"),
  {
    file: WORKER,
    find: "registerAll(app);",
    replace: `app.get("/fault/:name", (c) => {
  globalThis.fault = c.req.param("name");
  return c.text("noted");
});
registerAll(app);`,
  },
];

const set = (place: Place, fault: string): Promise<Response> =>
  fetch(`${place.url}/fault/${encodeURIComponent(fault)}`);

async function broken({ shard, how }: Fault, ground: Ground) {
  const place = await Place.open({ ...ground, edits: [...EDITS, ...ground.edits] });
  try {
    const shop = await openShop(place, "shard", PEOPLE);
    const before = await settled(place, shop);
    const askings = shop.visitors.flatMap((visitorId, i) => {
      const from = { ip: `198.51.${i}.7` };
      const item = shop.items[i]!;
      return [
        decideAsking(shop, visitorId, item, from),
        eventAsking(shop, visitorId, "down", from),
        decideAsking(shop, visitorId, item, from),
        serverAsking(shop, `known-${i}`, "down", "event"),
      ];
    });
    let from = 0;
    const during = (): Promise<Hearing> => {
      const begun = from;
      from += RATE * SECONDS;
      return send({
        port: place.port,
        rate: RATE,
        seconds: SECONDS,
        askings,
        from: begun,
        marks: ['"fallback"', '"accepted"'],
      });
    };
    const well = await during();
    const counting = await settled(place, shop);
    await set(place, `${shard} ${how}`);
    const ill = await during();
    await set(place, "none");
    const behind = ill.accepted.length - ((await counted(place, shop)) - counting);
    await pause(how === "hangs" ? HANGS_MS : 0);
    const after = await settled(place, shop);
    const accepted = together([well, ill]).accepted.length;
    const name = `${shard} ${how}`;
    const all = (hearing: Hearing, kind: string) => hearing.kinds[kind]?.latencies.length ?? 0;
    const verdicts: Verdict[] = [
      equal(`${name}: decisions answered`, all(ill, "decide"), statusCount(ill, "decide", "200")),
      below(`${name}: p99 of decisions, ms`, DECIDE_MS_MAX, p99(ill.kinds["decide"]?.latencies ?? [])),
      equal(`${name}: events accepted`, all(ill, "event"), ill.kinds["event"]?.marks['"accepted"'] ?? 0),
      equal(`${name}: unanswered`, 0, ill.unanswered),
      equal(`${name}: afterwards the site's sums are exact`, accepted, after - before),
      ...(shard === "ledger"
        ? [atLeast(`${name}: events not counted yet when it came back`, 1, behind)]
        : []),
    ];
    const rows = { [`decide, ${name}`]: rowOf(ill, "decide"), [`event, ${name}`]: rowOf(ill, "event") };
    return { verdicts, rows, failures: ill.failures };
  } finally {
    await place.close();
  }
}

async function run(ground: Ground): Promise<Outcome> {
  const found = [];
  for (const shard of SHARDS) for (const how of FAULTS) found.push(await broken({ shard, how }, ground));
  return {
    verdicts: found.flatMap(({ verdicts }) => verdicts),
    figures: {
      rows: Object.assign({}, ...found.map(({ rows }) => rows)) as Record<string, unknown>,
      failures: found.map(({ failures }) => failures),
    },
  };
}

export const shardDown: Scenario = {
  name: "shard-down",
  title: "The model's object, or the ledger's, throws or hangs",
  off: [],
  run,
};
