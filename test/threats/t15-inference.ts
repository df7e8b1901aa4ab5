import { eventId, itemOf, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const SEGMENT = "expecting-a-child";
const SECRETS = [SEGMENT, "creditscore", "expects", "hidden-in-the-config"];
const consent = { personalization: true, analytics: true };

const CONFIG = {
  holdout: { share: 0 },
  segments: {
    [SEGMENT]: { title: "hidden-in-the-config", when: { "traits.expects": true } },
    "of-a-life-event": { when: { "traits.expects": true }, purpose: "life_events" },
  },
  rules: [
    {
      id: "for-parents",
      description: "hidden-in-the-config",
      when: { segments: { $elemMatch: { $eq: SEGMENT } } },
      then: [{ do: "pin", items: ["i7"] }],
    },
    {
      id: "life-event",
      when: { segments: { $elemMatch: { $eq: "of-a-life-event" } } },
      then: [{ do: "pin", items: ["i9"], position: 2 }],
    },
  ],
};

export const inference: Threat = {
  id: "T15",
  title: "Read segments and traits out of answers; get another's answer from a cache",
  off: [
    {
      name: "that answers are private",
      edits: [
        {
          file: "src/routes/route.ts",
          find: '"cache-control": "private, no-store"',
          replace: '"cache-control": "public, max-age=60"',
        },
      ],
    },
    {
      name: "that an answer tells no segments",
      edits: [
        {
          file: "src/routes/decision.ts",
          find: "consent: { applied: view?.permitted ?? [], withheld },",
          replace:
            'consent: { applied: view?.permitted ?? [], withheld }, ...{ segments: setScene(world, circumstancesOf({ ...request, device }, world, metAt), view).attributes["segments"] },',
        },
      ],
    },
    {
      name: "that a segment needs its purpose",
      edits: [
        {
          file: "src/core/segment/membership/memberships-of.ts",
          find: "(purpose === undefined || permitted.has(purpose)) && matches(all)",
          replace: "matches(all)",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const items = Array.from({ length: 10 }, (_, i) => itemOf(`i${i + 1}`));
    const site = await Site.open(stage, { config: CONFIG, items });
    const traits = { expects: true, creditscore: 301 };
    const person = { identity: await site.token("mother"), consent };
    await site.tell("mother", [{ type: "traits_updated", traits }]);
    const first = await site.decide("trending", {
      ...person,
      page: { type: "product", item: "i1" },
      slots: [{ id: "similar" }],
    });
    must(first.slot?.items[0]?.id === "i7", `the segment does nothing: ${first.text.slice(0, 300)}`);
    tries.held(first.slot.items[1]?.id !== "i9", "a segment of another purpose was used without the grant");

    const asked: [string, object][] = [
      [
        "/v1/decide",
        {
          slots: [{ id: "similar" }, { id: "for-you" }, { id: "trending" }, { id: "recently-viewed" }],
          page: { type: "product", item: "i1" },
        },
      ],
      [
        "/v1/decide",
        {
          slots: [{ id: "similar" }],
          page: { type: "home" },
          events: [{ type: "product_viewed", id: eventId(), item: "i2" }],
        },
      ],
      ["/v1/rank", { items: ["i1", "i7", "i9"] }],
      ["/v1/events", { events: [{ type: "product_viewed", id: eventId(), item: "i3" }] }],
      ["/v1/events", { events: [{ type: "nonsense", id: eventId(), traits }] }],
      ["/v1/reset", {}],
    ];
    for (const [path, body] of asked) {
      const reply = await site.page(path, path === "/v1/reset" ? body : { ...person, ...body });
      const told = decodeURIComponent(reply.text) + tokensIn(reply.text) + JSON.stringify([...reply.headers]);
      for (const secret of SECRETS) tries.held(!told.includes(secret), `${path} tells “${secret}”`);
      const cache = reply.headers.get("cache-control") ?? "";
      tries.held(
        /no-store/.test(cache) && !/public|max-age=[1-9]/.test(cache),
        `${path} may be kept by a cache: ${cache}`,
      );
    }
    const stranger = await site.decide("similar", { page: { type: "product", item: "i1" } });
    tries.held(stranger.slot?.items[0]?.id !== "i7", "a stranger gets the customer's answer");
    return tries.outcome("answers, tokens, cookies and cache headers of a customer in a segment");
  },
};

/** Decision tokens are signed, not sealed: what they say is readable. */
const tokensIn = (text: string): string =>
  [...text.matchAll(/"token":"[^."]+\.([^."]+)\./g)]
    .map(([, claim]) => Buffer.from(claim!, "base64url").toString("utf8"))
    .join(" ");
