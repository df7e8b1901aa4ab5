import { logged } from "./logged-server.ts";
import { eventId, Site, sleep } from "./site.ts";
import type { Stage } from "./stage.ts";
import { must, Tries, type Threat } from "./threat.ts";

const DAY_MS = 86_400_000;
const consent = { personalization: true, analytics: true };
const EVIL = "https://evil.example";
const PATHS = [
  "/v1/events",
  "/v1/decide",
  "/v1/config",
  "/v1/catalog",
  "/v1/keys",
  "/v1/customers/c-1",
  "/v1/me",
  "/v1/me/erase",
  "/v1/identify",
  "/v1/import/orders",
];

/** What must never stand in a log, in every place a request has. */
async function scanLogs(stage: Stage, tries: Tries): Promise<void> {
  const canary = (where: string) => `canary-${process.pid}-${where}`;
  const server = await logged(stage.configPath, stage.dir, { ...stage.secrets, ALLOW_HEADLESS: "1" });
  try {
    const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      fetch(server.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }).then((reply) => reply.text());
    const keys = JSON.parse(
      await send(
        "POST",
        "/v1/sites",
        { origin: "https://logged.example" },
        { authorization: `Bearer ${stage.secrets.OPERATOR_KEY}` },
      ),
    ) as Record<string, string>;
    const key = keys["writeKey"];
    const bearer = { authorization: `Bearer ${keys["serverKey"]}` };
    const broken = `${canary("crlf")}\r\n{"at":"forged","error":"line"}\u001b[31m`;
    const event = {
      type: "custom",
      id: canary("event"),
      name: canary("name"),
      facts: { [canary("field")]: broken, mail: `${canary("mail")}@example.com` },
    };
    await send("POST", "/v1/events", {
      key,
      consent,
      visitorId: canary("visitor"),
      events: [event, { type: canary("type"), id: "x" }],
    });
    await send("POST", "/v1/events", {
      key,
      consent,
      events: [{ type: "slot_seen", id: "y", token: canary("token") }],
    });
    await send("POST", "/v1/events", `{"key":"${key}","${canary("json")}":`);
    await send("POST", "/v1/decide", {
      key,
      consent,
      identity: `e30.e30.${canary("identity")}`,
      slots: [{ id: "trending" }],
    });
    await send(
      "POST",
      "/v1/decide",
      {
        key,
        consent,
        page: { url: `https://x.example/?${canary("query")}`, title: broken },
        slots: [{ id: "trending" }],
      },
      {
        cookie: `cg_d=${canary("cookie")}`,
        "user-agent": canary("agent"),
        "cf-connecting-ip": "203.0.113.200",
      },
    );
    await send(
      "POST",
      "/v1/events",
      { customerId: canary("customer"), consent, events: [{ ...event, id: "z" }] },
      bearer,
    );
    await send(
      "GET",
      `/v1/customers/${canary("address")}/export?${canary("parameter")}=%0d%0aforged`,
      undefined,
      bearer,
    );
    await send("POST", "/v1/import/orders", `${canary("header")}\n"${broken}`, {
      ...bearer,
      "content-type": "text/csv",
    });
    await send("DELETE", `/v1/customers/${canary("customer")}`, undefined, bearer);
    await send("GET", `/${canary("asset")}`);
    await sleep(1_500);
    const log = server.log();
    for (const secret of [
      "canary-",
      "forged",
      "example.com",
      "203.0.113.200",
      key!,
      keys["serverKey"]!,
      stage.secrets.CONCIERGE_SECRET,
    ])
      tries.held(
        !log.includes(secret),
        `the log holds ${secret.slice(0, 12)}: ${log.slice(Math.max(0, log.indexOf(secret) - 60), log.indexOf(secret) + 40)}`,
      );
  } finally {
    server.stop();
  }
}

export const browsers: Threat = {
  id: "T24",
  title: "Use an admin's browser, replay what was captured, write into the log",
  off: [
    {
      name: "that only the site's own pages are let in",
      edits: [{ file: "src/http/access.ts", find: "!site.site.origins.includes(origin)", replace: "false" }],
    },
    {
      name: "that no answer is for every origin",
      edits: [
        {
          file: "src/http/access.ts",
          find: '"access-control-allow-origin": origin',
          replace: '"access-control-allow-origin": "*"',
        },
      ],
    },
    {
      name: "that an event is taken once",
      edits: [
        {
          file: "src/core/customer/take.ts",
          find: "const known = state.fresh.get(id) ?? digestBefore(customer, memory, event);",
          replace: "const known = undefined as number | undefined;",
        },
      ],
    },
    {
      name: "that nothing of a request is logged",
      edits: [
        {
          file: "src/routes/post-events.ts",
          find: "const consent = consentOf(c, access, request);",
          replace:
            'const consent = consentOf(c, access, request);\n  console.log(JSON.stringify({ at: "events", request }));',
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    for (const path of PATHS)
      for (const origin of [EVIL, "null", site.keys.origin]) {
        const ask = {
          origin,
          "access-control-request-method": "PUT",
          "access-control-request-headers": "authorization",
        };
        const reply = await stage.send("OPTIONS", path, { headers: ask });
        const allowed = reply.headers.get("access-control-allow-origin");
        tries.held(allowed === null, `a preflight of ${origin} to ${path} is let in (${allowed})`);
      }
    const cookie = `session=${site.keys.adminKey}; cg_d=${site.keys.adminKey}; key=${site.keys.adminKey}`;
    for (const [method, path] of [
      ["PUT", "/v1/config"],
      ["GET", "/v1/config"],
      ["POST", "/v1/keys"],
      ["PUT", "/v1/catalog"],
      ["DELETE", "/v1/customers/c-1"],
    ] as const) {
      const body = method === "GET" ? undefined : { key: site.keys.adminKey };
      const reply = await stage.send(method, path, {
        headers: { cookie, origin: EVIL, "content-type": "text/plain" },
        body,
      });
      tries.held(
        reply.status === 401,
        `${method} ${path} was answered ${reply.status} to a cookie and a body`,
      );
    }
    const view = () => [{ type: "product_viewed", id: eventId(), item: "i1" }];
    for (const origin of [
      EVIL,
      "null",
      site.keys.origin.replace("https", "http"),
      `${site.keys.origin}.evil.example`,
    ]) {
      const reply = await site.page("/v1/events", { consent, events: view() }, { origin });
      tries.held(reply.status === 403, `a page of ${origin} was answered ${reply.status}`);
      tries.held(
        reply.headers.get("access-control-allow-origin") !== origin,
        `a page of ${origin} may read the answer`,
      );
    }
    const own = await site.page("/v1/events", { consent, events: view() }, { origin: site.keys.origin });
    must(own.status === 200, own.text);
    const allowed = own.headers.get("access-control-allow-origin");
    tries.held(allowed === site.keys.origin, `the shop's own page is answered for ${allowed}`);
    must(/origin/i.test(own.headers.get("vary") ?? ""), "a cache may give one origin's answer to another");

    // A captured request again, and one of old with new ids.
    const at = (days: number) => Date.now() - days * DAY_MS;
    const [i3, i5] = [
      { type: "product_viewed", id: eventId(), item: "i3" },
      { type: "product_added", id: eventId(), item: "i5" },
    ];
    const captured = { visitorId: "captured", consent, events: [i3, i5] };
    must((await site.page("/v1/events", captured)).text.includes('"accepted"'), "nothing was taken");
    const before = (await site.decide("recently-viewed", { visitorId: "captured", consent })).slot?.items
      .map(({ id }) => id)
      .join(" ");
    for (let i = 0; i < 5; i++) {
      const reply = await site.page("/v1/events", captured);
      tries.held(!reply.text.includes('"accepted"'), "a captured request counts again");
    }
    const old = [
      { type: "product_viewed", id: eventId(), item: "i8", at: at(8) },
      { type: "product_added", id: eventId(), item: "i9", at: at(8) },
    ];
    await site.page("/v1/events", { visitorId: "captured", consent, events: old });
    const after = (await site.decide("recently-viewed", { visitorId: "captured", consent })).slot?.items
      .map(({ id }) => id)
      .join(" ");
    must(before !== undefined && before !== "", "nothing was viewed");
    tries.held(
      after?.startsWith(before.split(" ")[0]!) === true,
      "something of eight days ago is the newest now",
    );
    if (after !== before)
      tries.gap(
        "behaviour of day −8 under new ids still enters the recent list, as its oldest entry (meant: stored as late, without effect)",
      );
    await scanLogs(stage, tries);
    return tries.outcome(
      "preflights, foreign pages, cookies, captured and old events, every line of the log",
    );
  },
};
