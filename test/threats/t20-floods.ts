import { readFileSync, statSync } from "node:fs";
import { filesIn } from "./files.ts";
import { withHands } from "../support/http.ts";
import { eventId, Site, sleep } from "./site.ts";
import type { Reply, Stage } from "./stage.ts";
import { must, Tries, type Threat } from "./threat.ts";

const consent = { personalization: true, analytics: true };
const FLOOD = 400;
/** What one visitor, and the newcomers of one network, may ask at once and in a second. */
const VISITOR = { burst: 60, perSecond: 6 };
const NEWCOMERS = { burst: 100, perSecond: 10 };
const MEGABYTE = 1 << 20;
/** Bounds that are meant to hold. */
const RSS_MAX = 128 * MEGABYTE;
const VISITOR_BYTES_MAX = 64 * 1024;

const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
const view = () => ({ type: "product_viewed", id: eventId(), item: "i1" });

/** Many requests at once. @returns how many were answered by which status */
async function flood(
  times: number,
  send: (i: number) => Promise<Reply>,
): Promise<{
  readonly taken: number;
  readonly refused: Reply[];
  readonly faults: number;
  readonly seconds: number;
}> {
  const startedAt = performance.now();
  let taken = 0;
  let faults = 0;
  const refused: Reply[] = [];
  await withHands(
    Array.from({ length: times }, (_, i) => i),
    24,
    async (i) => {
      const reply = await send(i);
      if (reply.status < 300) taken++;
      else if (reply.status === 429) refused.push(reply);
      else faults++;
    },
  );
  return { taken, refused, faults, seconds: (performance.now() - startedAt) / 1000 };
}

/** Bodies that are large, deep or wide, with and without a stated length. */
async function bodies(stage: Stage, site: Site, tries: Tries): Promise<void> {
  const key = site.keys.writeKey;
  const before = rssOf(stage.pid);
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const huge: [string, string][] = [
    [
      "of 600 KB",
      JSON.stringify({
        key,
        events: Array.from({ length: 400 }, () => ({ ...view(), page: { title: "x".repeat(1500) } })),
      }),
    ],
    ["of 20 MB", `{"key":"${key}","events":["${"x".repeat(20 * MEGABYTE)}"]}`],
    ["nested 100,000 deep", nested],
    ["nested within a field", `{"key":"${key}","events":[${nested}]}`],
    [
      "with 20,000 fields",
      `{"key":"${key}",${Array.from({ length: 20_000 }, (_, i) => `"a${i}":1`).join(",")}}`,
    ],
    [
      "with a text of 100 KB",
      JSON.stringify({ key, events: [{ ...view(), page: { title: "x".repeat(100_000) } }] }),
    ],
    ["with 501 events", JSON.stringify({ key, consent, events: Array.from({ length: 501 }, view) })],
  ];
  for (const [what, body] of huge) {
    const startedAt = performance.now();
    // Whoever refuses a large body may hang up while it is still being sent, and goes on with other work.
    const reply = await stage.send("POST", "/v1/events", { body }).catch(() => undefined);
    const isQuick = performance.now() - startedAt < 5_000 && (reply !== undefined || (await stage.isAlive()));
    const status = reply?.status ?? 413;
    tries.held(
      status >= 400 && status < 500 && isQuick,
      `a body ${what} was answered ${status}${isQuick ? "" : ", slowly"}`,
    );
  }
  // A stream that does not say how long it will be.
  const chunk = new TextEncoder().encode(`{"key":"${key}","events":[${"1,".repeat(50_000)}`);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent++ > 200) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
  const status = await fetch(`${stage.url}/v1/events`, init).then(
    ({ status }) => status,
    () => 413,
  );
  tries.held(
    status === 413 && sent < 150,
    `an endless body was read for ${sent} chunks of 100 KB and answered ${status}`,
  );
  const grown = rssOf(stage.pid) - before;
  tries.held(grown < RSS_MAX, `the server grew by ${Math.round(grown / MEGABYTE)} MB`);
}

const visitorBytes = (stage: Stage): number =>
  filesIn(stage.dataDir)
    .filter((path) => path.includes("CustomerObject"))
    .reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);

export const floods: Threat = {
  id: "T20",
  title: "Flood, giant bodies, a bill as a weapon",
  ground: {},
  off: [
    {
      name: "the budgets",
      edits: [
        {
          file: "src/edge/person.ts",
          find: "if (!spent.ok) return { ...spent.problem, retryAfterS: spent.retryAfterS };",
          replace: "",
        },
      ],
    },
    {
      name: "that only Cloudflare's word on the address counts",
      edits: [
        {
          file: "src/edge/budget.ts",
          find: 'const address = request.headers.get("cf-connecting-ip");',
          replace:
            'const address = request.headers.get("x-forwarded-for") ?? request.headers.get("cf-connecting-ip");',
        },
      ],
    },
    {
      name: "the cap on bodies",
      edits: [
        {
          file: "src/http/read-body.ts",
          find: "if (stated !== null && Number(stated) > bytesMax) return fail(tooLarge);",
          replace: "",
        },
        { file: "src/http/read-body.ts", find: "if (length > bytesMax) return undefined;", replace: "" },
        {
          file: "src/http/read-body.ts",
          find: "bytes === undefined || bytes.byteLength > bytesMax",
          replace: "bytes === undefined",
        },
      ],
    },
    {
      name: "the daily ceiling",
      edits: [
        {
          file: "src/edge/person.ts",
          find: "if (isOverCeiling(asker.usage, unreportedCalls(siteId), now)) {",
          replace: "if (false) {",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const events = (visitorId: string, headers: Record<string, string> = {}) =>
      site.page("/v1/events", { visitorId, consent, events: [view()] }, headers);

    const one = await flood(FLOOD, () => events("flooder", { "cf-connecting-ip": "203.0.113.9" }));
    const most = ({ burst, perSecond }: typeof VISITOR, seconds: number) =>
      burst + perSecond * Math.ceil(seconds + 1);
    must(one.taken > 0, "nobody is let in");
    tries.held(
      one.taken <= most(VISITOR, one.seconds),
      `one visitor had ${one.taken} of ${FLOOD} requests taken at once`,
    );
    tries.held(one.faults === 0, `${one.faults} requests of a flood were neither taken nor refused`);
    const waits = one.refused.map(({ headers }) => Number(headers.get("retry-after")));
    tries.held(
      waits.length > 0 && waits.every((seconds) => seconds >= 1),
      "a refusal does not say when to come again",
    );
    const honest = await events("somebody-else", { "cf-connecting-ip": "198.51.100.7" });
    tries.held(honest.status === 200, `somebody else was answered ${honest.status} during a flood`);
    const decision = await site.decide("trending", { visitorId: "flooder", consent });
    tries.held(
      decision.status === 200 && decision.slot?.status !== "personalized",
      "a flooder's page gets no answer, or a personal one",
    );

    // A new visitor with each request, and an address that only the client states.
    const from = (ip: string) => ({ "cf-connecting-ip": "203.0.113.77", "x-forwarded-for": ip });
    const many = await flood(FLOOD, (i) => events(`new-${i}`, from(`10.${i % 250}.${i % 199}.1`)));
    tries.held(
      many.taken <= most(NEWCOMERS, many.seconds),
      `${many.taken} of ${FLOOD} new visitors of one network were taken at once`,
    );

    await bodies(stage, site, tries);

    const small = await Site.open(stage, {
      config: { holdout: { share: 0 }, limits: { objectCallsPerDayMax: 20 } },
    });
    for (let i = 0; i < 60; i++)
      await small.page("/v1/events", { visitorId: `day-${i % 5}`, consent, events: [view()] });
    await sleep(2_500);
    await small.decide("trending", {});
    await sleep(500);
    const over = await small.page("/v1/events", { visitorId: "day-1", consent, events: [view()] });
    const shown = await small.decide("trending", {
      visitorId: "day-1",
      consent,
      page: { type: "product", item: "i1" },
    });
    tries.held(over.status === 429, `events beyond the day's ceiling were answered ${over.status}`);
    tries.held(
      shown.status === 200 && shown.json["degraded"] === "budget_spent",
      "a decision beyond the day's ceiling is not for nobody in particular",
    );

    const before = visitorBytes(stage);
    const fat = () => ({ type: "custom", id: eventId(), name: "noted", facts: { text: "x".repeat(700) } });
    for (let i = 0; i < 12; i++)
      await site.page("/v1/events", {
        visitorId: "hoarder",
        consent,
        events: Array.from({ length: 400 }, fat),
      });
    const kept = visitorBytes(stage) - before;
    if (kept > VISITOR_BYTES_MAX)
      tries.gap(
        `no cap on what is stored of one unverified visitor: 12 requests made ${Math.round(kept / 1024)} KB of files (meant: 64 KB)`,
      );
    return tries.outcome(`floods of ${FLOOD}, invented addresses, giant bodies, the daily ceiling`);
  },
};
