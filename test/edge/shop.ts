import { exports } from "cloudflare:workers";
import type { DecideAnswer, EventAnswer } from "../../src/core/wire/decide.ts";

export const ORIGIN = "https://shop.example";
export const CONSENT = { personalization: true, analytics: true };

type Keys = { siteId: string; adminKey: string; serverKey: string; writeKey: string };
type Sent = {
  method?: string;
  key?: string;
  origin?: string;
  headers?: Record<string, string>;
  body?: unknown;
};
export type Reply = { status: number; headers: Headers; body: Record<string, unknown> };

/** One exchange with the Worker under test. */
export async function send(path: string, { method, key, origin, headers, body }: Sent = {}): Promise<Reply> {
  const reply = await exports.default.fetch(
    new Request(`https://api.example${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(origin ? { origin } : {}),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            body:
              typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream
                ? body
                : JSON.stringify(body),
          }),
    }),
  );
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    body: text.startsWith("{") ? JSON.parse(text) : { text },
  };
}

let made = 0;

/** A site of its own for each test: storage is shared within a file. */
export async function openShop(
  catalog: readonly object[] = CATALOG,
  kind: "live" | "bench" = "bench",
): Promise<Shop> {
  const { status, body } = await send("/v1/sites", {
    key: "op_the-operator-of-the-tests",
    body: { origin: `https://s${++made}-${crypto.randomUUID()}.example`, origins: [ORIGIN], kind },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const shop = new Shop(body as Keys);
  if (catalog.length > 0) await shop.putCatalog(catalog);
  return shop;
}

export class Shop {
  readonly keys: Keys;
  #next = 0;

  constructor(keys: Keys) {
    this.keys = keys;
  }

  putCatalog(rows: readonly object[], query = ""): Promise<Reply> {
    return send(`/v1/catalog${query}`, {
      method: "PUT",
      key: this.keys.serverKey,
      headers: { "content-type": "application/x-ndjson" },
      body: rows.map((row) => JSON.stringify(row)).join("\n"),
    });
  }

  /** An event with an id of its own; the test says what it is about. */
  event(type: string, fields: object = {}): { id: string; type: string } {
    return { id: `event-${this.keys.siteId}-${this.#next++}`, type, ...fields };
  }

  async track(
    visitorId: string | undefined,
    events: readonly object[],
    consent: object = CONSENT,
  ): Promise<EventAnswer[]> {
    const { body } = await send("/v1/events", {
      origin: ORIGIN,
      body: { key: this.keys.writeKey, visitorId, consent, events },
    });
    return body["events"] as EventAnswer[];
  }

  async decide(request: object): Promise<DecideAnswer> {
    const { body } = await send("/v1/decide", {
      origin: ORIGIN,
      body: { key: this.keys.writeKey, ...request },
    });
    return body as unknown as DecideAnswer;
  }

  async putConfig(config: object): Promise<Reply> {
    const { headers } = await send("/v1/config", { key: this.keys.adminKey });
    return send("/v1/config", {
      method: "PUT",
      key: this.keys.adminKey,
      headers: { "if-match": headers.get("etag")! },
      body: config,
    });
  }

  /** Waits until what was observed has reached model and ledger: real alarms, no shortcut. */
  async settled(): Promise<void> {
    let last = "";
    for (let same = 0; same < 3;) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      const { body } = await send("/v1/site", { key: this.keys.adminKey });
      const now = JSON.stringify([body["model"], body["daily"], body["slots"], body["customers"]]);
      const model = body["model"] as { learnedVersion: number; servedVersion: number };
      same = now === last && model.learnedVersion === model.servedVersion ? same + 1 : 0;
      last = now;
    }
  }
}

const euros = (minor: number) => ({ minor, currency: "EUR" });

/** A small shop: kettles of three prices, tea, cups, a sold-out teapot. */
export const CATALOG = [
  {
    id: "kettle",
    title: "Kettle",
    url: "/p/kettle",
    price: euros(3000),
    type: "Kitchen > Kettles",
    brand: "Brook",
    sku: "SKU-K",
    gtin: "4006381333931",
    attributes: { capacityLitres: 1 },
  },
  {
    id: "kettle-plus",
    title: "Kettle Plus",
    url: "/p/kettle-plus",
    price: euros(4000),
    type: "Kitchen > Kettles",
    brand: "Brook",
    attributes: { capacityLitres: 2 },
  },
  {
    id: "kettle-max",
    title: "Kettle Max",
    url: "/p/kettle-max",
    price: euros(9900),
    type: "Kitchen > Kettles",
  },
  { id: "tea", title: "Tea", url: "/p/tea", price: euros(500), type: "Food > Tea", replenishDays: 30 },
  { id: "cup-red", title: "Cup, red", price: euros(900), type: "Kitchen > Cups", group: "cup" },
  { id: "cup-blue", title: "Cup, blue", price: euros(900), type: "Kitchen > Cups", group: "cup" },
  {
    id: "teapot",
    title: "Teapot",
    price: euros(2500),
    type: "Kitchen > Teapots",
    availability: "out_of_stock",
  },
  { id: "spoon", title: "Spoon", price: euros(300), type: "Kitchen > Spoons" },
];
