import { withHands } from "../support/http.ts";
import { beside, honestAskings, pause, rowsOf, unharmed } from "./honest.ts";
import { badBodies, sendBad, type BadBody, type Met } from "./bodies.ts";
import { Place } from "./place.ts";
import type { Ground, Outcome, Scenario } from "./scenario.ts";
import { openShop } from "./shop.ts";
import { below, equal, type Verdict } from "./verdict.ts";

/** Connections with each bad body, and how many speak at a time. */
const TIMES = 6;
const HANDS = 24;
const BETWEEN_MS = 700;
const ROUNDS = 2;
const SECONDS = 4;
/** A body that stalls is given up by then. */
const PATIENCE_MS = 40_000;
const GROWN_MB_MAX = 128;
/** Bytes of an endless body that are taken before the answer, buffers of the sockets included. */
const SENT_MB_MAX = 8;

type Found = { readonly body: BadBody; readonly met: readonly Met[] };

async function all(port: number, bodies: readonly BadBody[], patienceMs?: number): Promise<Found[]> {
  const found = bodies.map((body) => ({ body, met: [] as Met[] }));
  const jobs = Array.from({ length: TIMES }, () => found).flat();
  await withHands(jobs, HANDS, async ({ body, met }) => {
    met.push(await sendBad(port, body, patienceMs));
  });
  return found;
}

function verdictOf({ body, met }: Found): Verdict {
  const told = [...new Set(met.map(({ status, code }) => `${status ?? "hung up"}${code ? ` ${code}` : ""}`))];
  const isRight = ({ status }: Met) =>
    status === undefined
      ? body.statuses.length === 0 || body.mayHangUp === true
      : body.statuses.includes(status);
  return {
    what: `${body.name}: is answered`,
    target: body.statuses.length === 0 ? "nobody" : body.statuses.join(" or "),
    measured: told.join(", "),
    met: met.every(isRight),
  };
}

async function run(ground: Ground): Promise<Outcome> {
  const place = await Place.open(ground);
  try {
    const shop = await openShop(place, "bodies");
    const bodies = badBodies(shop);
    const isSlow = ({ statuses }: BadBody) => statuses.includes(408);
    const quick = bodies.filter((body) => !isSlow(body));
    const before = { rssMb: 0, openFiles: 0, stored: 0 };
    let mostMb = 0;
    const result = await beside(
      place.port,
      honestAskings(shop, "honest"),
      { rounds: ROUNDS, seconds: SECONDS },
      async () => {
        if (before.rssMb === 0)
          Object.assign(before, { rssMb: place.rssMb, openFiles: place.openFiles, stored: place.stored() });
        const until = performance.now() + (SECONDS + 1) * 1_000;
        const found: Found[] = [];
        while (performance.now() < until) {
          found.push(...(await all(place.port, quick)));
          mostMb = Math.max(mostMb, place.rssMb);
          await pause(BETWEEN_MS);
        }
        return found;
      },
    );
    const slow = await all(place.port, bodies.filter(isSlow), PATIENCE_MS);
    await pause(2_000);
    const after = { rssMb: place.rssMb, openFiles: place.openFiles, stored: place.stored() };
    const found = [...result.told.flat(), ...slow];
    const byBody = bodies.map((body) => ({
      body,
      met: found.flatMap((one) => (one.body === body ? one.met : [])),
    }));
    const sent = Math.max(
      ...byBody.flatMap(({ body, met }) => (body.more ? met.map((one) => one.sent) : [])),
    );
    return {
      verdicts: [
        ...byBody.map(verdictOf),
        below("most that was taken of an endless body, MB", SENT_MB_MAX, sent / (1 << 20)),
        equal("people of whom anything is stored since", 0, after.stored - before.stored),
        ...unharmed(result),
        below("memory grows by, MB", GROWN_MB_MAX, Math.max(mostMb, after.rssMb) - before.rssMb),
        below("descriptors that stay behind", 50, after.openFiles - before.openFiles),
      ],
      figures: { rows: rowsOf(result), before, mostMb, after, sent: byBody.map(({ met }) => met.length) },
    };
  } finally {
    await place.close();
  }
}

export const endlessBodies: Scenario = {
  name: "endless-bodies",
  title: "Bodies that never end, lie about their length, explode, or stop in the middle",
  off: [
    {
      name: "the cap on bodies",
      edits: [
        {
          file: "src/http/read-body.ts",
          find: "if (stated !== null && Number(stated) > bytesMax) return fail(tooLarge);",
          replace: "",
        },
        { file: "src/http/read-body.ts", find: "if (length > bytesMax) return undefined;", replace: "" },
      ],
      misses: ["most that was taken of an endless body", "memory grows by"],
    },
  ],
  run,
};
