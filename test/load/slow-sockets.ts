import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beside, honestAskings, pause, rowsOf, unharmed } from "./honest.ts";
import { Place } from "./place.ts";
import type { Ground, Outcome, Scenario } from "./scenario.ts";
import { openShop } from "./shop.ts";
import type { SlowHeard, SlowOrder } from "./slow-client.ts";
import { below, equal, holds } from "./verdict.ts";

const SOCKETS = 5_000;
const PROCESSES = 2;
const EVERY_MS = 2_000;
const ROUNDS = 3;
const SECONDS = 4;
/** How long they are watched in the end: whoever has not said what they want by then is dropped. */
const WATCHED_S = 20;
/** Some fifty kilobytes a connection: what one takes is bounded, and so is what a machine can be made to hold. */
const GROWN_MB_MAX = 256;

/** Connections of several processes that speak slowly. */
export async function speakSlowly(
  order: Omit<SlowOrder, "sockets"> & { readonly sockets?: number },
): Promise<SlowHeard> {
  const sockets = (order.sockets ?? SOCKETS) / PROCESSES;
  const heard = await Promise.all(Array.from({ length: PROCESSES }, () => oneProcess({ ...order, sockets })));
  const said: Record<string, number> = {};
  for (const one of heard)
    for (const [words, n] of Object.entries(one.said)) said[words] = (said[words] ?? 0) + n;
  const sum = (of: "opened" | "failed" | "dropped") => heard.reduce((all, one) => all + one[of], 0);
  return { opened: sum("opened"), failed: sum("failed"), dropped: sum("dropped"), said };
}

function oneProcess(order: SlowOrder): Promise<SlowHeard> {
  const child = fork(fileURLToPath(new URL("slow-client.ts", import.meta.url)));
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  return new Promise((resolve, reject) => {
    child.once("message", (heard: SlowHeard) => {
      process.off("exit", end);
      child.kill();
      resolve(heard);
    });
    child.once("exit", (code) => reject(new Error(`A slow client ended with ${code}.`)));
    child.send(order);
  });
}

async function run(ground: Ground): Promise<Outcome> {
  const place = await Place.open(ground);
  try {
    const shop = await openShop(place, "slow");
    const order = {
      port: place.port,
      everyMs: EVERY_MS,
      head: "POST /v1/decide HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ",
      tail: "a",
    };
    const before = { rssMb: 0, openFiles: 0 };
    let mostMb = 0;
    let mostFiles = 0;
    const result = await beside(
      place.port,
      honestAskings(shop, "honest"),
      { rounds: ROUNDS, seconds: SECONDS },
      async () => {
        if (before.rssMb === 0) Object.assign(before, { rssMb: place.rssMb, openFiles: place.openFiles });
        const speaking = speakSlowly({ ...order, seconds: SECONDS + 2 });
        await pause((SECONDS + 1) * 1000);
        mostMb = Math.max(mostMb, place.rssMb);
        mostFiles = Math.max(mostFiles, place.openFiles);
        return speaking;
      },
    );
    const watched = await speakSlowly({ ...order, seconds: WATCHED_S });
    await pause(1_000);
    const after = { rssMb: place.rssMb, openFiles: place.openFiles };
    return {
      verdicts: [
        equal("connections that were open at once", SOCKETS, watched.opened),
        ...unharmed(result),
        below("memory grows by, MB", GROWN_MB_MAX, mostMb - before.rssMb),
        holds(
          `dropped by the server within ${WATCHED_S} s`,
          watched.dropped >= 0.99 * SOCKETS,
          `${watched.dropped} of ${SOCKETS}`,
        ),
        below("descriptors that stay behind", 100, after.openFiles - before.openFiles),
      ],
      figures: {
        rows: rowsOf(result),
        before,
        most: { rssMb: mostMb, openFiles: mostFiles },
        after,
        watched,
      },
    };
  } finally {
    await place.close();
  }
}

export const slowSockets: Scenario = {
  name: "slow-sockets",
  title: `${SOCKETS} connections that send their headers a byte at a time`,
  off: [],
  run,
};
