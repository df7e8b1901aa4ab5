import { readShared } from "../support/shared.ts";
import { eventId, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const consent = { personalization: true, analytics: true };
/** Ids that look the same, or that some system takes for the same. */
const TWINS: readonly (readonly [string, string])[] = [
  ["caf\u00e9-1", "cafe\u0301-1"],
  ["\u212bngstrom", "\u00c5ngstrom"],
  ["zoe", "zo\u200be"],
  ["abc", "abc\u202e"],
  ["abc", " abc"],
  ["abc", "abc\u0000"],
  ["abc", "\ufeffabc"],
  ["x\u00ady", "xy"],
  ["line", "line\u2028"],
];
const PLACEHOLDERS = [
  "null",
  "undefined",
  "NaN",
  "[object Object]",
  "anonymous",
  "0",
  "-1",
  "__proto__",
  "${userId}",
  "{{customer.id}}",
  "%%EMAIL%%",
];

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part)] : part)));

export const parsers: Threat = {
  id: "T23",
  title: "Have two readers of one text disagree; hide text in ids",
  off: [
    {
      name: "that a body is UTF-8 or nothing",
      edits: [
        {
          file: "src/http/read-body.ts",
          find: "{ fatal: true, ignoreBOM: false }",
          replace: "{ fatal: false, ignoreBOM: false }",
        },
      ],
    },
    {
      name: "the refusal of invisible characters in ids",
      edits: [
        {
          file: "src/core/primitives/ids.ts",
          find: "if (INVISIBLE.test(text)) return",
          replace: 'if (text === "never") return',
        },
      ],
    },
    {
      name: "the refusal of placeholders as ids",
      edits: [
        {
          file: "src/core/primitives/ids.ts",
          find: 'NOT_AN_ID.has(text.toLowerCase()) ? "a placeholder, not an id" : undefined',
          replace: "undefined",
        },
      ],
    },
    {
      name: "the refusal of ill-formed and NUL text",
      edits: [
        {
          file: "src/http/read-body.ts",
          find: 'if (text.includes("\\0")) return',
          replace: "if (false) return",
        },
        { file: "src/http/read-body.ts", find: "if (!text.isWellFormed())", replace: "if (false)" },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const { serverKey, writeKey } = site.keys;
    const view = (id: string) => ({ type: "product_viewed", id, item: "i1" });
    const tell = (customerId: string, id = eventId()) =>
      site.server("POST", "/v1/events", { customerId, consent, events: [view(id)] });
    const shared = JSON.parse(readShared("vectors/hostile/bad-ids.json") ?? '{"ids":[]}') as {
      ids: unknown[];
    };

    for (const id of [...PLACEHOLDERS, ...shared.ids]) {
      const shown = JSON.stringify(id).slice(0, 40);
      const asCustomer = await tell(id as string);
      const isTaken = asCustomer.text.includes('"accepted"');
      tries.held(
        !isTaken || (typeof id === "string" && (await site.stateOf(id)) !== ""),
        `the customer id ${shown} was taken and is not found again`,
      );
      tries.held(
        !(isTaken && PLACEHOLDERS.includes(id as string)),
        `the placeholder ${shown} is a customer's id`,
      );
      tries.held(asCustomer.status < 500, `the customer id ${shown} was answered ${asCustomer.status}`);
      const asEvent = await site.server("POST", "/v1/events", {
        customerId: "events",
        consent,
        events: [view(id as string)],
      });
      if (asEvent.text.includes('"accepted"'))
        tries.held(
          (await site.stateOf("events")).includes(JSON.stringify(id)),
          `the event id ${shown} was kept as another text`,
        );
      const asVisitor = await site.page("/v1/events", { visitorId: id, consent, events: [view(eventId())] });
      tries.held(asVisitor.status < 500, `the visitor id ${shown} was answered ${asVisitor.status}`);
      const asItem = await stage.send("PUT", "/v1/catalog", {
        key: serverKey,
        body: [{ id, title: "t", price: "1.00 EUR", availability: "in_stock" }],
      });
      tries.held(asItem.status < 500, `the item id ${shown} was answered ${asItem.status}`);
    }

    for (const [one, other] of TWINS) {
      const both = [await tell(one), await tell(other)].map(({ text }) => text.includes('"accepted"'));
      tries.held(
        !(both[0] && both[1]),
        `${JSON.stringify(one)} and ${JSON.stringify(other)} are two customers`,
      );
    }

    const event = (name: string | number[], id = eventId()): Uint8Array =>
      bytes(
        `{"consent":{"personalization":true},"customerId":"bytes","events":[{"type":"custom","id":"${id}","name":"n","facts":{"x":"`,
        name,
        `"}}]}`,
      );
    const illFormed: [string, Uint8Array][] = [
      ["an overlong slash", event([0xc0, 0xaf])],
      ["half a character", event([0xe2, 0x82])],
      ["a surrogate in UTF-8", event([0xed, 0xa0, 0x80])],
      ["Latin-1", event([0xe9])],
      ["an escaped lone surrogate", event("\\ud800")],
      ["an escaped NUL", event("\\u0000")],
      ["two documents", bytes("{}", "{}")],
      ["a comment", bytes('{"customerId":"bytes"/*x*/,"events":[]}')],
      ["NaN", bytes('{"customerId":"bytes","events":[NaN]}')],
      ["a trailing comma", bytes('{"customerId":"bytes","events":[],}')],
      ["UTF-16", new Uint8Array(Buffer.from('{"events":[]}', "utf16le"))],
    ];
    for (const [what, body] of illFormed) {
      const reply = await stage.send("POST", "/v1/events", { key: serverKey, body });
      const isRefused = reply.status >= 400 || !reply.text.includes('"accepted"');
      tries.held(isRefused && reply.status < 500, `a body with ${what} was answered ${reply.status}`);
    }
    const numbers: [string, unknown][] = [
      ["an order id beyond safe integers", { orderId: 2 ** 53 }],
      ["a fraction of a cent", { orderId: "n-1", revenue: { minor: 1.5, currency: "EUR" } }],
      ["an amount beyond safe integers", { orderId: "n-2", revenue: { minor: 1e300, currency: "EUR" } }],
      ["an amount as text with a comma", { orderId: "n-3", revenue: "12,99" }],
    ];
    for (const [what, fields] of numbers) {
      const order = {
        type: "order_completed",
        id: eventId(),
        lines: [{ item: "i1" }],
        ...(fields as object),
      };
      const reply = await site.server("POST", "/v1/events", {
        customerId: "numbers",
        consent,
        events: [order],
      });
      tries.held(!reply.text.includes('"accepted"'), `${what} was taken: ${JSON.stringify(fields)}`);
    }

    const twice = `{"key":"${writeKey}","consent":{"personalization":false},"consent":{"personalization":true},"events":[{"type":"product_viewed","id":"${eventId()}","item":"i1"}]}`;
    const repeated = await stage.send("POST", "/v1/events", { body: twice });
    must(repeated.status < 500, repeated.text);
    if (repeated.status < 400)
      tries.gap(
        "a body that names `consent` (or `key`, `identity`, `customerId`) twice is taken, and the last one counts; it is meant to be refused",
      );
    return tries.outcome(
      `${PLACEHOLDERS.length + shared.ids.length} ids in four places, ${TWINS.length} twins, ill-formed texts, numbers`,
    );
  },
};
