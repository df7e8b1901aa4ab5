import { exchange } from "../support/http.ts";
import type { Server } from "../crash/server.ts";

export type Keys = { siteId: string; adminKey: string; serverKey: string; writeKey: string };
export type Assigned = { readonly experiment: string; readonly variation: string };
type Decided = { slots: { token?: string; assignments: Assigned[] }[] };

const CONSENT = { personalization: true, analytics: true };
const RETRY_MS = 50;
const TRIES = 400;

/** A site on a server that may be killed at any moment: every call is repeated, with the same ids, until it is answered. */
export class SimulatedShop {
  readonly #server: Server;
  readonly keys: Keys;

  private constructor(server: Server, keys: Keys) {
    this.#server = server;
    this.keys = keys;
  }

  static async open(server: Server, operatorKey: string): Promise<SimulatedShop> {
    const keys = await exchange<Keys>(`${server.url}/v1/sites`, {
      key: operatorKey,
      body: { origin: `https://simulated-${Date.now().toString(36)}.example`, kind: "bench" },
    });
    const shop = new SimulatedShop(server, keys);
    const items = Array.from({ length: 12 }, (_, i) => ({
      id: `item-${i}`,
      title: `Item ${i}`,
      type: "Things",
      price: { minor: 1000 + 100 * i, currency: "EUR" },
    }));
    await shop.#call("/v1/catalog", {
      method: "PUT",
      key: keys.serverKey,
      headers: { "content-type": "application/x-ndjson" },
      body: items.map((item) => JSON.stringify(item)).join("\n"),
    });
    return shop;
  }

  async publish(config: object): Promise<void> {
    for (let i = 0; ; i++) {
      try {
        const current = await fetch(`${this.#server.url}/v1/config`, {
          headers: { authorization: `Bearer ${this.keys.adminKey}` },
        });
        await exchange(`${this.#server.url}/v1/config`, {
          method: "PUT",
          key: this.keys.adminKey,
          headers: { "if-match": current.headers.get("etag")! },
          body: config,
        });
        return;
      } catch (error) {
        if (i > TRIES) throw error;
        await pause(RETRY_MS);
      }
    }
  }

  /** What a slot shows somebody: the variations they are in, and the token that says so. */
  async decide(
    visitorId: string,
    slot: string,
  ): Promise<{ token: string; assignments: readonly Assigned[] }> {
    const { slots } = await this.#call<Decided>("/v1/decide", {
      key: this.keys.serverKey,
      body: { visitorId, consent: CONSENT, slots: [{ id: slot, max: 1 }] },
    });
    const { token, assignments } = slots[0]!;
    if (token === undefined) throw new Error("a decision without a token");
    return { token, assignments };
  }

  async tell(visitorId: string, events: readonly object[]): Promise<void> {
    const { events: answers } = await this.#call<{ events: { status: string; code?: string }[] }>(
      "/v1/events",
      {
        key: this.keys.serverKey,
        body: { visitorId, consent: CONSENT, events },
      },
    );
    const refused = answers.find(({ status }) => status === "rejected");
    if (refused) throw new Error(`an event was refused: ${refused.code}`);
  }

  report<T>(experiment: string): Promise<T> {
    return this.#call<T>(`/v1/experiments/${experiment}`, { key: this.keys.adminKey });
  }

  /** Waits until the site's numbers have stood still: what was accepted has reached the ledger. */
  async settled(): Promise<void> {
    let last = "";
    for (let same = 0; same < 4;) {
      await pause(750);
      const { daily, slots } = await this.#call<Record<string, unknown>>("/v1/site", {
        key: this.keys.adminKey,
      });
      const now = JSON.stringify([daily, slots]);
      same = now === last ? same + 1 : 0;
      last = now;
    }
  }

  async #call<T>(path: string, init: Parameters<typeof exchange>[1]): Promise<T> {
    for (let i = 0; ; i++) {
      try {
        return await exchange<T>(`${this.#server.url}${path}`, init);
      } catch (error) {
        // A dead server refuses the connection; a living one that refuses the request is a finding.
        if (/answered 4/.test(String(error)) || i > TRIES) throw error;
        await pause(RETRY_MS);
      }
    }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
