import type { SiteKeys } from "../../src/cli/call.ts";
import { identityToken, type IdentityKey } from "../crash/identity.ts";
import type { Reply, Stage } from "./stage.ts";
import { must } from "./threat.ts";

/** Everything that may be granted. */
export const ALL = {
  transaction: true,
  analytics: true,
  personalization: true,
  marketing: true,
  clienteling: true,
} as const;

const ITEMS = 12;
const PLAIN_CONFIG = { holdout: { share: 0 } };

export type Item = { readonly id: string; readonly [field: string]: unknown };
type Made = { readonly config?: object; readonly items?: readonly Item[]; readonly isBench?: boolean };

/** @example itemOf("i1") // { id: "i1", title: "Item i1", price: "10.00 EUR", … } */
export const itemOf = (id: string, more: object = {}): Item => ({
  id,
  title: `Item ${id}`,
  price: "10.00 EUR",
  product_type: "Things",
  availability: "in_stock",
  ...more,
});

export type Pick = {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly why: { readonly text: string };
};
export type Slot = {
  readonly id: string;
  readonly status: string;
  readonly items: readonly Pick[];
  readonly token?: string;
  readonly assignments: readonly { readonly experiment: string; readonly variation: string }[];
};

let made = 0;
/** An id that no other event has. */
export const eventId = (): string => `e-${process.pid}-${++made}`;

/** A shop on a stage: made for one attack, with a catalog and keys. */
export class Site {
  readonly stage: Stage;
  readonly keys: SiteKeys;
  revision = 1;
  #identityKey: IdentityKey | undefined;

  private constructor(stage: Stage, keys: SiteKeys) {
    this.stage = stage;
    this.keys = keys;
  }

  static async open(stage: Stage, { config = PLAIN_CONFIG, items, isBench }: Made = {}): Promise<Site> {
    const made = await stage.send("POST", "/v1/sites", {
      key: stage.secrets.OPERATOR_KEY,
      body: { origin: `https://${stage.nextHost()}`, ...(isBench ? { kind: "bench" } : {}) },
    });
    must(made.status === 201, `the site could not be made: ${made.text}`);
    const site = new Site(stage, made.json as unknown as SiteKeys);
    // Of two types: what all items of a shop share says nothing about likeness.
    const rows =
      items ??
      Array.from({ length: ITEMS }, (_, i) =>
        itemOf(`i${i + 1}`, i < ITEMS / 2 ? {} : { product_type: "Tools" }),
      );
    const put = await stage.send("PUT", "/v1/catalog", { key: site.keys.serverKey, body: rows });
    must(put.status === 200, `the catalog was refused: ${put.text}`);
    const published = await site.publish(config);
    must(published.status === 200, `the config was refused: ${published.text}`);
    return site;
  }

  async publish(config: unknown): Promise<Reply> {
    const reply = await this.stage.send("PUT", "/v1/config", {
      key: this.keys.adminKey,
      headers: { "if-match": `"${this.revision}"` },
      body: config,
    });
    if (reply.status === 200) this.revision = reply.json["revision"] as number;
    return reply;
  }

  /** The shop's server speaks. */
  server(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.stage.send(method, path, { key: this.keys.serverKey, body });
  }

  /** The shop's owner speaks. */
  owner(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.stage.send(method, path, { key: this.keys.adminKey, body });
  }

  /** A page speaks: the key travels in the body. */
  page(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
    return this.stage.send("POST", path, {
      headers: { "content-type": "text/plain", ...headers },
      body: { key: this.keys.writeKey, ...body },
    });
  }

  /** The shop's server tells events of a known customer, all granted unless said otherwise. */
  async tell(customerId: string, events: readonly object[], consent: object = ALL): Promise<Reply> {
    return this.server("POST", "/v1/events", {
      customerId,
      consent,
      events: events.map((event) => ({ id: eventId(), ...event })),
    });
  }

  /** One slot as a page asks for it. */
  async decide(
    strategy: string,
    body: object = {},
    headers: Record<string, string> = {},
  ): Promise<Reply & { readonly slot: Slot | undefined }> {
    const reply = await this.page("/v1/decide", { slots: [{ id: strategy }], ...body }, headers);
    return { ...reply, slot: (reply.json["slots"] as Slot[] | undefined)?.[0] };
  }

  async identityKey(): Promise<IdentityKey> {
    if (this.#identityKey) return this.#identityKey;
    const made = await this.owner("POST", "/v1/identity-keys", { alg: "HS256" });
    must(made.status === 201, `no identity key: ${made.text}`);
    return (this.#identityKey = made.json as unknown as IdentityKey);
  }

  async token(customerId: string, registeredAt?: number): Promise<string> {
    return identityToken(await this.identityKey(), this.keys.siteId, customerId, registeredAt);
  }

  /**
   * Everything stored about a customer, as text; empty where there is nothing. Without how far the outbox was delivered,
   * which goes on by itself.
   */
  async stateOf(customerId: string): Promise<string> {
    const reply = await this.server("GET", `/v1/customers/${encodeURIComponent(customerId)}/export`);
    return reply.status === 200 ? JSON.stringify(reply.json["data"]).replace(/"sent":\d+,/, "") : "";
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something holds. @returns whether it came to hold */
export async function until(holds: () => boolean | Promise<boolean>, msMax: number): Promise<boolean> {
  for (const end = Date.now() + msMax; Date.now() < end; await sleep(100)) if (await holds()) return true;
  return holds();
}
