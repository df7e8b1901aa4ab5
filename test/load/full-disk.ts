import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readCustomers } from "../crash/storage.ts";
import { pause, rowOf, together } from "./honest.ts";
import { Place } from "./place.ts";
import type { Ground, Outcome, Scenario } from "./scenario.ts";
import { send, statusCount, type Hearing } from "./send.ts";
import { decideAsking, eventAsking, openShop, serverAsking, type Shop } from "./shop.ts";
import { settled } from "./sums.ts";
import { atLeast, below, equal, holds, p99 } from "./verdict.ts";

const DISK_MB = 64;
const PEOPLE = 24;
const RATE = 60;
const SECONDS = 6;
const DECIDE_MS_MAX = 150;
const RECOVERED_MS_MAX = 15_000;
const ERASED = 3;
const RESERVE_MB = 4;

/** A small disk of its own for the objects. Needs the right to mount. */
function mountSmall(dir: string): string {
  const at = join(dir, "objects");
  mkdirSync(at);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "concierge-load", at]);
  return at;
}

/** Writes until nothing more goes in. */
function fill(path: string): void {
  const file = openSync(path, "a");
  try {
    for (let size = 1 << 20; size >= 512;) {
      try {
        if (writeSync(file, Buffer.alloc(size, 1)) < size) size /= 2;
      } catch (error) {
        if ((error as { code?: string }).code !== "ENOSPC") throw error;
        size /= 2;
      }
    }
  } finally {
    closeSync(file);
  }
}

async function erase({ url }: Place, { keys }: Shop, customerId: string): Promise<string> {
  const reply = await fetch(`${url}/v1/customers/${customerId}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${keys.serverKey}` },
  });
  const { code } = (await reply.json().catch(() => ({}))) as { code?: string };
  return `${reply.status}${code ? ` ${code}` : ""}`;
}

async function run(ground: Ground): Promise<Outcome> {
  const mounted: string[] = [];
  const place = await Place.open(ground, (dir) => {
    mounted.push(mountSmall(dir));
    return mounted[0]!;
  });
  try {
    const shop = await openShop(place, "full", PEOPLE);
    const reserve = join(place.dataDir, "reserve");
    const ballast = join(place.dataDir, "ballast");
    const names = Array.from({ length: PEOPLE }, (_, i) => `known-${i}`);
    // Known customers by server, visitors by page; every second request is a decision.
    const askings = (mark: string) =>
      shop.visitors.flatMap((visitorId, i) => {
        const ip = `198.51.${i}.7`;
        const item = shop.items[i]!;
        return [
          eventAsking(shop, visitorId, mark, { ip }),
          decideAsking(shop, visitorId, item, { ip }),
          serverAsking(shop, names[i]!, mark, "event"),
          decideAsking(shop, visitorId, item, { ip }),
        ];
      });
    const before = await settled(place, shop);
    let from = 0;
    const heard: Hearing[] = [];
    const during = async (mark: string): Promise<Hearing> => {
      const order = { port: place.port, rate: RATE, seconds: SECONDS, askings: askings(mark), from };
      from += RATE * SECONDS;
      const hearing = await send({ ...order, marks: ['"storage_full"', '"fallback"'] });
      heard.push(hearing);
      return hearing;
    };
    const roomy = await during("full");
    await pause(1_500);
    // An erasure writes before it frees: an operator keeps room for that, and gives it back when the disk is full.
    writeFileSync(reserve, Buffer.alloc(RESERVE_MB << 20));
    fill(ballast);
    const full = await during("full");
    const tooFull = await erase(place, shop, names[0]!);
    rmSync(reserve);
    const erased: string[] = [];
    for (const name of names.slice(0, ERASED)) erased.push(await erase(place, shop, name));
    const freeWhenFull = statfsSync(place.dataDir).bavail * statfsSync(place.dataDir).bsize;
    rmSync(ballast);
    const freedAt = performance.now();
    let recoveredMs = Infinity;
    while (recoveredMs === Infinity && performance.now() - freedAt < RECOVERED_MS_MAX) {
      const order = {
        port: place.port,
        rate: 20,
        seconds: 0.5,
        askings: askings("full"),
        from,
      };
      from += 10;
      const tried = await send(order);
      heard.push(tried);
      if (statusCount(tried, "event", "200") === tried.kinds["event"]?.latencies.length)
        recoveredMs = performance.now() - freedAt;
    }
    const again = await during("full");
    const lateErased: string[] = [];
    for (const name of names.slice(0, ERASED)) lateErased.push(await erase(place, shop, name));
    const after = await settled(place, shop);
    await place.stop();
    const all = together(heard);
    const gone = new Set(names.slice(0, ERASED));
    const isGone = (n: number): boolean => gone.has(nameOf(shop, names, n));
    const expected = all.accepted.filter((n) => !isGone(n));
    const stored = storedIds(place.dataDir);
    const ids = new Set(stored);
    const lost = expected.filter((n) => !ids.has(`full-${n}`)).length;
    const fullEvents = full.kinds["event"]?.latencies.length ?? 0;
    const said = statusCount(full, "event", "507");
    return {
      verdicts: [
        equal(
          "with room: events accepted",
          roomy.kinds["event"]?.latencies.length ?? 0,
          statusCount(roomy, "event", "200"),
        ),
        atLeast("disk full: events refused with 507", 1, said),
        equal(
          "disk full: events answered otherwise than 200 or 507 storage_full",
          0,
          fullEvents -
            statusCount(full, "event", "200") -
            (full.kinds["event"]?.marks['"storage_full"'] ?? 0),
        ),
        equal("refusals without Retry-After", 0, all.withoutRetry),
        equal(
          "disk full: decisions answered",
          full.kinds["decide"]?.latencies.length ?? 0,
          statusCount(full, "decide", "200"),
        ),
        below("disk full: p99 of decisions, ms", DECIDE_MS_MAX, p99(full.kinds["decide"]?.latencies ?? [])),
        equal("disk full to the last byte: an erasure is put off", "507 storage_full", tooFull),
        equal(
          `disk full: erasures done, with a reserve of ${RESERVE_MB} MB given back`,
          `${ERASED} of ${ERASED}`,
          `${erased.filter((one) => one === "200").length} of ${ERASED}`,
        ),
        below("accepts again so many ms after room returned", RECOVERED_MS_MAX, recoveredMs),
        equal(
          "afterwards: events accepted",
          again.kinds["event"]?.latencies.length ?? 0,
          statusCount(again, "event", "200"),
        ),
        equal("accepted and lost", 0, lost),
        equal("stored twice, or never accepted", 0, stored.length - (expected.length - lost)),
        holds(
          "the site's sums are those events",
          after - before === expected.length,
          `${after - before} of ${expected.length}`,
        ),
      ],
      figures: {
        rows: {
          "decide, room": rowOf(roomy, "decide"),
          "event, room": rowOf(roomy, "event"),
          "decide, full": rowOf(full, "decide"),
          "event, full": rowOf(full, "event"),
          "event, after": rowOf(again, "event"),
        },
        tooFull,
        erased,
        lateErased,
        freeWhenFull,
        failures: full.failures,
      },
    };
  } finally {
    await place.stop();
    for (const at of mounted) execFileSync("umount", ["-l", at]);
    await place.close();
  }
}

/** Whom the request of that number was about, if it told an event of a known customer. */
function nameOf(shop: Shop, names: readonly string[], n: number): string {
  return n % 4 === 2 ? names[Math.floor((n % (4 * shop.visitors.length)) / 4)]! : "";
}

/** Ids of our events, as often as they are stored. */
function storedIds(dataDir: string): string[] {
  const ids: string[] = [];
  for (const { rows } of readCustomers(dataDir))
    for (const { events } of rows) for (const { id } of events) if (id.startsWith("full-")) ids.push(id);
  return ids;
}

export const fullDisk: Scenario = {
  name: "full-disk",
  title: `The objects' disk is full (${DISK_MB} MB)`,
  off: [],
  run,
};
