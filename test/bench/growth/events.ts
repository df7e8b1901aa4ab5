import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { median } from "../serve/figures.ts";
import type { Effort, Ladder } from "./ladder.ts";
import { askFor, putCatalog, tell, withServer } from "./server.ts";
import { awaitedInTurns } from "./timed.ts";
import { itemsOf } from "./worlds.ts";

const ITEMS = 500;
const BATCH = 500;
const PAST_DAYS = 200;
const ASLEEP_MS = 11_000;
/** As the issue puts it: what is read at every call stays so small. */
export const HOT_STATE_BYTES_MAX = 16 * 1024;
const TYPES = ["product_viewed", "product_viewed", "product_viewed", "product_clicked", "product_added"];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What one customer's object holds: bytes of the state that every call reads, rows of its log, bytes on disk. */
function inspect(path: string) {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const number = (query: string) => Number(Object.values(database.prepare(query).get() ?? { none: 0 })[0]);
    const hasState = number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'state'") > 0;
    return {
      state: hasState ? number("SELECT LENGTH(CAST(body AS BLOB)) FROM state") : 0,
      rows: hasState ? number("SELECT COUNT(*) FROM log") : 0,
      bytes: number("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    };
  } finally {
    database.close();
  }
}

/** How a customer's object takes a longer past. */
export function growEvents({ quick, sizes: wanted }: Effort): Promise<Ladder> {
  const sizes = wanted ?? (quick ? [10, 100, 1_000, 10_000] : [10, 100, 1_000, 10_000, 100_000]);
  return withServer(async (server) => {
    const site = await server.openSite("https://events.example");
    await putCatalog(site, itemsOf(ITEMS));
    const until = Date.now();
    const perEvent: number[] = [];
    for (const size of sizes) {
      const from = performance.now();
      for (let first = 0; first < size; first += BATCH)
        await tell(
          site,
          `past-${size}`,
          Array.from({ length: Math.min(BATCH, size - first) }, (_, i) => {
            const n = first + i;
            const item = `item-${Math.floor((n * 7919) % ITEMS)}`;
            const type = TYPES[n % TYPES.length]!;
            const at = until - Math.floor((PAST_DAYS * DAY_MS * (size - n)) / size);
            return { id: `e${size}-${n}`, type, item, at };
          }),
        );
      perEvent.push((performance.now() - from) / size);
    }
    await pause(ASLEEP_MS);
    const visitors = sizes.map((size) => `past-${size}`);
    const cold: number[][] = sizes.map(() => []);
    for (let n = 0; n < (quick ? 1 : 3); n++) {
      // The isolate's copy of the site is old by now: that is nobody's past.
      await askFor(site, undefined, "item-1");
      const taken = await awaitedInTurns(
        visitors.map((visitor) => () => askFor(site, visitor, `item-${n}`)),
        1,
      );
      taken.forEach(([ms], i) => cold[i]!.push(ms!));
      if (!quick && n < 2) await pause(ASLEEP_MS);
    }
    const rounds = quick ? 60 : 150;
    const warm = await awaitedInTurns(
      visitors.map((visitor) => (n: number) => askFor(site, visitor, `item-${n % ITEMS}`)),
      rounds,
    );
    const told = await awaitedInTurns(
      visitors.map(
        (visitor) => (n: number) =>
          tell(site, visitor, [
            { id: `new-${visitor}-${n}`, type: "product_viewed", item: `item-${n % ITEMS}` },
          ]),
      ),
      rounds / 2,
    );
    await pause(1_000);
    await server.stop();
    const dir = server.objectsDir("CustomerObject");
    const held = readdirSync(dir)
      .filter((file) => file.endsWith(".sqlite") && !file.startsWith("metadata"))
      .map((file) => inspect(join(dir, file)))
      .sort((a, b) => a.bytes - b.bytes);
    const largest = Math.max(...held.map(({ state }) => state));
    return {
      what: "Events of one customer",
      note: `Milliseconds of requests one after the other, this client's own time included. The hot state may be ${HOT_STATE_BYTES_MAX / 1024} KB: the largest is ${(largest / 1024).toFixed(1)} KB, ${largest <= HOT_STATE_BYTES_MAX ? "met" : "missed"}.`,
      sizes,
      series: [
        { name: "decide, awake: p50", expected: "flat", values: warm.map(median) },
        { name: `decide, asleep: p50 of ${cold[0]!.length}`, expected: "told", values: cold.map(median) },
        { name: "take one event: p50", expected: "flat", values: told.map(median) },
        { name: "take in bulk, ms an event", expected: "told", values: perEvent },
        { name: "hot state, bytes", expected: "told", values: held.map(({ state }) => state) },
        { name: "rows of the log", expected: "linear", values: held.map(({ rows }) => rows) },
        { name: "bytes on disk", expected: "linear", values: held.map(({ bytes }) => bytes) },
      ],
    };
  });
}
