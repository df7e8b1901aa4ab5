import { eventId, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const consent = { personalization: true, analytics: true };
const view = (item: string) => ({ type: "product_viewed", id: eventId(), item });

export const writingOthers: Threat = {
  id: "T2",
  title: "Write into another person's profile",
  off: [
    {
      name: "that a page may not name customers",
      edits: [{ file: "src/edge/person.ts", find: 'kind === "pk" ? fail(unverified) :', replace: "" }],
    },
    {
      name: "that a page's word on who somebody is counts for the visitor only",
      edits: [
        {
          file: "src/routes/post-segment.ts",
          find: 'const customerId = kind === "sk" ? userId : undefined;',
          replace: "const customerId = userId;",
        },
        {
          file: "src/edge/person.ts",
          find: 'kind === "pk" ? fail(unverified) :',
          replace: 'kind === "pk" && !request.url.includes("/v1/track") ? fail(unverified) :',
        },
      ],
    },
    {
      name: "that a merge needs a token",
      edits: [
        {
          file: "src/routes/post-identify.ts",
          find: 'if (identity === undefined && (customerId === undefined || access.kind === "pk"))',
          replace: "if (false)",
        },
        {
          file: "src/edge/person.ts",
          find: 'kind === "pk" ? fail(unverified) :',
          replace: 'kind === "pk" && !request.url.includes("/v1/identify") ? fail(unverified) :',
        },
      ],
    },
    {
      name: "that a browser brings along only the visitor it was given",
      edits: [
        {
          file: "src/edge/person.ts",
          find: "return own === undefined || own === visitorId ? visitorId : undefined;",
          replace: "return visitorId;",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const told = await site.tell("victim", [{ type: "product_viewed", item: "i1" }]);
    must(told.text.includes("accepted"), told.text);
    const before = await site.stateOf("victim");
    must(before.includes("i1"), "the customer's state cannot be read");

    const writes: [string, string, object][] = [
      ["/v1/events", "events", { customerId: "victim", consent, events: [view("i9")] }],
      [
        "/v1/events",
        "events of a guessed token",
        { identity: "e30.e30.AAAA", consent, events: [view("i9")] },
      ],
      [
        "/v1/decide",
        "events before a decision",
        { customerId: "victim", consent, events: [view("i9")], slots: [{ id: "trending" }] },
      ],
      [
        "/v1/ga4",
        "GA4",
        {
          customerId: "victim",
          consent,
          events: [{ id: eventId(), name: "view_item", params: { items: [{ item_id: "i9" }] } }],
        },
      ],
      ["/v1/identify", "a merge", { customerId: "victim", visitorId: "segment-1" }],
      ["/v1/me/change", "a correction", { correct: { city: "Nowhere" } }],
      ["/v1/me/erase", "an erasure", {}],
      [
        "/v1/events",
        "a denial",
        { customerId: "victim", consent: { personalization: false }, events: [view("i9")] },
      ],
    ];
    for (const [path, what, body] of writes) {
      const reply = await site.page(path, body);
      tries.held(reply.status >= 400, `${what} at ${path}: answered ${reply.status}`);
      tries.held((await site.stateOf("victim")) === before, `${what} at ${path} changed the customer`);
    }
    const context = { consent: { categoryPreferences: { Functional: true, Analytics: true } } };
    for (const name of ["track", "identify", "alias", "group", "page"]) {
      const call = { messageId: eventId(), userId: "victim", anonymousId: "segment-1", previousId: "victim" };
      const more = {
        event: "Product Viewed",
        properties: { product_id: "i9" },
        traits: { city: "Nowhere" },
        context,
      };
      const reply = await stage.send("POST", `/v1/${name}`, {
        key: site.keys.writeKey,
        body: { ...call, ...more },
      });
      must(reply.status === 200, `Segment's ${name} is not understood: ${reply.text}`);
      tries.held((await site.stateOf("victim")) === before, `Segment's ${name} changed the customer`);
    }

    // A stranger who knows a visitor's id, and has a cookie of their own and a token for themselves.
    const first = await site.page("/v1/events", { consent, events: [view("i7")] });
    const visitorId = first.json["visitorId"] as string;
    const strangers = await site.page("/v1/events", { consent, events: [view("i2")] });
    must(visitorId && strangers.json["visitorId"], "no visitor ids were made");
    const cookie = strangers.headers
      .getSetCookie()
      .map((one) => one.split(";", 1)[0])
      .join("; ");
    await site.page("/v1/identify", { identity: await site.token("mallory"), visitorId }, { cookie });
    tries.held(
      !(await site.stateOf("mallory")).includes("i7"),
      "a stranger took a visitor's history by their id",
    );
    const second = await site.page("/v1/events", { consent, events: [view("i8")] });
    const other = { identity: await site.token("trudy"), visitorId: second.json["visitorId"] };
    await site.page("/v1/identify", other);
    if ((await site.stateOf("trudy")).includes("i8"))
      tries.gap(
        "a signed-in stranger who has read a visitor's id, and sends no cookie of their own, takes that visitor's history over",
      );
    return tries.outcome("events, merges, corrections and denials by a page");
  },
};
