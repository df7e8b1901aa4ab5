import { call } from "../../../src/cli/call.ts";
import type { DecideAnswer, EventAnswer } from "../../../src/core/wire/decide.ts";
import type { Shop } from "./shop.ts";

export type Told = Readonly<Record<string, unknown>> & { readonly type: string };

const SLOTS = [{ id: "product-goes-with" }, { id: "product-better" }];
let browsers = 0;

/** A browser that consented to everything: counts its events as the snippet does, and keeps the id it is given. */
export class Visitor {
  readonly #shop: Shop;
  readonly #stream: string;
  #count = 0;
  #id: string | undefined;

  constructor(shop: Shop) {
    this.#shop = shop;
    this.#stream = `${Date.now().toString(36)}${(browsers++).toString(36).padStart(4, "0")}`;
  }

  /** Any product; each browser looks at others. */
  product(n: number): string {
    const { products } = this.#shop;
    return products[(n * 7 + this.#stream.charCodeAt(11) * 13) % products.length]!;
  }

  /** Sends events in one request. Throws unless every one of them was taken. */
  async send(events: readonly Told[]): Promise<void> {
    const answer = await this.#post<{ visitorId?: string; events: readonly EventAnswer[] }>("/v1/events", {
      events: events.map((event) => this.#named(event)),
    });
    this.#id ??= answer.visitorId;
    const refused = answer.events.find(({ status }) => status !== "accepted");
    if (refused) throw new Error(`An event was not taken: ${JSON.stringify(refused)}`);
  }

  /** Asks for both slots of a product page, with what has just happened there. Resolves with the slots' tokens. */
  async decide(item: string, events: readonly Told[] = []): Promise<string[]> {
    const answer = await this.#post<DecideAnswer>("/v1/decide", {
      page: { type: "product", item },
      slots: SLOTS,
      ...(events.length === 0 ? {} : { events: events.map((event) => this.#named(event)) }),
    });
    this.#id ??= answer.visitorId;
    if (answer.slots.some(({ reason }) => reason === "fault" || reason === "warming_up"))
      throw new Error(`Not decided: ${JSON.stringify(answer.slots[0])}`);
    return answer.slots.flatMap(({ token }) => (token === undefined ? [] : [token]));
  }

  #named = (event: Told): object => ({
    ...event,
    id: `${this.#stream}-${++this.#count}`,
    at: Date.now(),
  });

  #post<T>(path: string, body: object): Promise<T> {
    const { url, writeKey, origin } = this.#shop;
    return call<T>(`${url}${path}`, {
      type: "text/plain;charset=UTF-8",
      headers: { origin },
      body: JSON.stringify({
        key: writeKey,
        visitorId: this.#id,
        consent: { personalization: true, analytics: true },
        sentAt: Date.now(),
        ...body,
      }),
    });
  }
}

/** Somebody without consent: nobody in particular, and no object of their own. */
export async function decideForNobody(shop: Shop, item: string): Promise<void> {
  const { slots } = await call<DecideAnswer>(`${shop.url}/v1/decide`, {
    type: "text/plain;charset=UTF-8",
    headers: { origin: shop.origin },
    body: JSON.stringify({ key: shop.writeKey, page: { type: "product", item }, slots: SLOTS }),
  });
  if (slots.length !== SLOTS.length) throw new Error("Not decided.");
}
