import { createHmac } from "node:crypto";
import { statSync } from "node:fs";
import { withHands } from "../support/http.ts";
import { filesIn } from "./files.ts";
import { eventId, Site } from "./site.ts";
import type { Stage } from "./stage.ts";
import { must, Tries, type Threat } from "./threat.ts";

const IDS = 300;
/** What one network may bring: a hundred newcomers at once and ten a second. */
const BURST = 100;
const PER_SECOND = 10;
const consent = { personalization: true, analytics: true };
const numbers = Array.from({ length: IDS }, (_, i) => i);

/** Bytes of a file that an object leaves in which nothing was ever written. */
const EMPTY_BYTES = 4096;

/** Files of people's objects: those that hold anything, and those that hold nothing. */
function objectsIn(stage: Stage): { readonly full: number; readonly empty: number } {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const files = filesIn(stage.dataDir).filter((path) =>
    /CustomerObject[\\/][0-9a-f]{64}\.sqlite$/.test(path),
  );
  const full = files.filter((path) => sizeOf(path) > EMPTY_BYTES || sizeOf(`${path}-wal`) > 0).length;
  return { full, empty: files.length - full };
}

export const endlessIds: Threat = {
  id: "T21",
  title: "Fill the storage with a new visitor at every request",
  ground: {},
  off: [
    {
      name: "the budget of new visitors",
      edits: [
        { file: "src/edge/budget.ts", find: '["newVisitors", isNew ? prefix : undefined],', replace: "" },
      ],
    },
    {
      name: "the check in our own visitor ids",
      edits: [
        {
          file: "src/edge/visitor-id.ts",
          find: "if (!equalBytes(bytes.subarray(RANDOM_BYTES), check)) return true;",
          replace: "return check.length === 0;",
        },
      ],
    },
    {
      name: "that without consent nobody is given an id",
      edits: [
        {
          file: "src/edge/person.ts",
          find: "consents(claim.consent)",
          replace: "true",
        },
        {
          file: "src/core/customer/take.ts",
          find: "if (needed.length > 0 && !needed.some((purpose) => permits(customer.consent, purpose, now)))",
          replace: "if (false)",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const events = () => [{ type: "product_viewed", id: eventId(), item: "i1" }];
    const network = (n: number) => ({ "cf-connecting-ip": `203.0.113.${n}` });
    /** @returns objects in which something was stored, and seconds it took */
    const made = async (send: (i: number) => Promise<unknown>): Promise<[number, number]> => {
      const [before, startedAt] = [objectsIn(stage), performance.now()];
      await withHands(numbers, 16, async (i) => void (await send(i)));
      return [objectsIn(stage).full - before.full, (performance.now() - startedAt) / 1000];
    };

    const [silent] = await made((i) =>
      site.page(
        "/v1/events",
        { visitorId: i % 2 ? `no-${i}` : undefined, consent: {}, events: events() },
        { "cf-connecting-ip": `198.51.${i % 200}.1` },
      ),
    );
    tries.held(silent === 0, `${silent} objects were stored of ${IDS} visitors who agreed to nothing`);

    const forged = (i: number) =>
      `v_${createHmac("sha256", "id").update(String(i)).digest("base64url").slice(0, 24)}`;
    const [invented] = await made((i) =>
      site.page(
        "/v1/events",
        { visitorId: forged(i), consent, events: events() },
        { "cf-connecting-ip": `198.52.${i % 200}.1` },
      ),
    );
    tries.held(invented === 0, `${invented} objects were stored of ids that look like ours and are not`);

    const [random, seconds] = await made((i) =>
      site.page("/v1/events", { visitorId: `random-${i}`, consent, events: events() }, network(i % 250)),
    );
    const allowed = BURST + PER_SECOND * Math.ceil(seconds + 1);
    must(random > 0, "nobody was stored at all");
    tries.held(
      random <= allowed,
      `${random} objects were stored of ${IDS} ids from one network in ${seconds.toFixed(1)} s`,
    );

    const [looked] = await made((i) =>
      site.decide(
        "trending",
        { visitorId: `looked-${i}`, consent: { personalization: true } },
        { "cf-connecting-ip": `192.0.2.${i % 250}` },
      ),
    );
    tries.held(looked === 0, `${looked} objects were stored of ${IDS} ids that were only asked about`);
    const { empty } = objectsIn(stage);
    if (empty > 0)
      tries.gap(
        `on a machine of one's own an id that is only asked about, or agrees to nothing, leaves an empty file of 4 KB that nobody takes away: ${empty} here, within the budget of new visitors`,
      );
    return tries.outcome(
      `${IDS} ids each without consent, invented, random (${random} stored in ${seconds.toFixed(1)} s), only looked at`,
    );
  },
};
