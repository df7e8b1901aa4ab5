import { createHmac } from "node:crypto";
import { importFiles, pageEvents, serverEvents, trackerCalls, wooOrder } from "./canary-acts.ts";
import type { CanaryPerson, Letter } from "./canary-person.ts";
import type { Answered, CanaryServer } from "./canary-server.ts";
import { identityToken } from "./identity.ts";
import { openShop, SLOTS, type Shop } from "./shop.ts";

type Decided = { readonly decisionId?: string; readonly slots?: readonly { readonly token?: string }[] };

/** Nobody listens there: what is to be told waits in the courier. */
const UNREACHABLE = "https://nobody-listens.example.com/crm";
const AGREED = { basis: "consent", source: "loyalty card", policyVersion: "3" };
const IMPORT_OPTIONS = {
  commit: true,
  basis: { personalization: AGREED, analytics: AGREED, clienteling: AGREED },
};

/** A shop on a server, the people who come there, and what they and the shop's systems send. */
export class CanaryShop {
  readonly #server: CanaryServer;
  #shop: Shop | undefined;
  /** What WooCommerce signs with. */
  #hookSecret = "";

  constructor(server: CanaryServer) {
    this.#server = server;
  }

  get shop(): Shop {
    return this.#shop!;
  }

  async open(): Promise<void> {
    this.#shop = await openShop(this.#server.url, this.#server.operatorKey);
    const { adminKey } = this.shop.keys;
    const types = [
      "order_recorded",
      "order_refunded",
      "consent_changed",
      "customer_erased",
      "import_finished",
    ];
    const body = JSON.stringify({ url: UNREACHABLE, types, purpose: "transaction" });
    await this.#server.demand({ method: "PUT", path: "/v1/webhooks/crm", body, key: adminKey });
    const hooks = await this.#server.demand({ method: "GET", path: "/v1/hooks", body: "", key: adminKey });
    this.#hookSecret = (hooks["woocommerce"] as { secret: string }).secret;
  }

  #page(path: string, body: object): Letter {
    return { method: "POST", path, body: JSON.stringify({ key: this.shop.keys.writeKey, ...body }) };
  }

  #hook(body: string): Letter {
    return {
      method: "POST",
      path: `/v1/hooks/woocommerce/${this.shop.keys.siteId}`,
      body,
      headers: {
        "x-wc-webhook-topic": "order.created",
        "x-wc-webhook-signature": createHmac("sha256", this.#hookSecret).update(body).digest("base64"),
      },
    };
  }

  /** A token of the shop's server, remembered as a text that no file may hold. */
  tokenOf(person: CanaryPerson): string {
    const { identityKey, keys } = this.shop;
    const token = identityToken(identityKey, keys.siteId, person.customerId!, undefined);
    person.know("identity token", token.split(".")[2]!);
    return token;
  }

  /** Has somebody leave a text of their own wherever the product takes one. */
  async plant(person: CanaryPerson): Promise<void> {
    const { keys, items } = this.shop;
    const item = items[person.n % items.length]!;
    const consent = { personalization: true, analytics: true };
    const who = () => (person.visitorId === undefined ? {} : { visitorId: person.visitorId });
    if (person.kind !== "registered") {
      // The first thing a browser does: it asks, agrees, and is given an id.
      const asked = { ...who(), consent, slots: [{ id: SLOTS[0] }] };
      const page = { type: "home", title: `Decide ${person.text("decide page")}` };
      const first = await this.#server.demand(this.#page("/v1/decide", { ...asked, page }), person);
      if (typeof first["visitorId"] === "string") {
        person.visitorId = first["visitorId"];
        person.know("visitor id", person.visitorId.slice("v_".length));
        // Sent again without an id it would be somebody new.
        person.letters.pop();
      }
      await this.#server.demand(
        this.#page("/v1/events", { ...who(), consent, events: pageEvents(person, item) }),
        person,
      );
      const seen = { ...who(), consent, page: { type: "product", item }, slots: SLOTS.map((id) => ({ id })) };
      const decided = (await this.#server.demand(this.#page("/v1/decide", seen), person)) as Decided;
      const token = decided.slots?.find((slot) => slot.token !== undefined)?.token;
      if (token === undefined) throw new Error(`A decision came without a token: ${JSON.stringify(decided)}`);
      person.know("decision", decided.decisionId!);
      person.know("decision token", token.split(".")[2]!);
      const events = [person.event("slot_seen", { token })];
      await this.#server.demand(this.#page("/v1/events", { ...who(), consent, events }), person);
    }
    if (person.kind === "visitor")
      await this.#server.demand(
        this.#page("/v1/me/change", { hide: { trait: person.text("hidden trait") } }),
        person,
      );
    if (person.kind === "signed-in")
      await this.#server.demand(
        this.#page("/v1/identify", { ...who(), identity: this.tokenOf(person), consent }),
        person,
      );
    if (person.kind === "foreign") {
      const body = JSON.stringify({ writeKey: keys.writeKey, batch: trackerCalls(person) });
      await this.#server.demand({ method: "POST", path: "/v1/batch", body }, person);
    }
    if (person.customerId !== undefined) {
      const grants = { ...consent, clienteling: true, transaction: true };
      const body = { customerId: person.customerId, consent: grants, events: serverEvents(person, item) };
      await this.#server.demand(
        { method: "POST", path: "/v1/events", body: JSON.stringify(body), key: keys.serverKey },
        person,
      );
    }
    if (person.kind === "registered")
      await this.#server.demand(this.#hook(JSON.stringify(wooOrder(person))), person);
  }

  /** Notices that wait for an endpoint nobody reaches. */
  async waiting(): Promise<number> {
    const { webhooks } = (await this.#server.demand({
      method: "GET",
      path: "/v1/webhooks",
      body: "",
      key: this.shop.keys.adminKey,
    })) as { webhooks?: readonly { readonly waiting: number }[] };
    return (webhooks ?? []).reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** Brings in files about the registered, and waits until every row is with its customer. */
  async importFor(people: readonly CanaryPerson[]): Promise<readonly Letter[]> {
    const registered = people.filter(({ customerId }) => customerId !== undefined);
    const letters: Letter[] = importFiles(registered, this.shop.items[0]!).map(({ kind, text }) => ({
      method: "POST",
      path: `/v1/import/${kind}?options=${encodeURIComponent(JSON.stringify(IMPORT_OPTIONS))}`,
      type: "text/csv",
      body: text,
      key: this.shop.keys.serverKey,
    }));
    for (const letter of letters) await this.importFile(letter);
    return letters;
  }

  /** Sends one file. @returns what became of its events */
  async importFile(letter: Letter): Promise<unknown> {
    const { run } = (await this.#server.demand(letter)) as { run?: string };
    for (let waited = 0; waited < 20_000; waited += 100) {
      const report = await this.#server.demand({
        method: "GET",
        path: `/v1/imports/${run}`,
        body: "",
        key: letter.key!,
      });
      if (report["status"] === "done") return report;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Import ${run} does not end.`);
  }

  /** One more act, of which nothing has left the customer's object yet when the erasure comes. */
  lastAct(person: CanaryPerson): Promise<Answered> {
    const consent = { personalization: true, analytics: true };
    const events = [person.event("products_searched", { query: person.text("last search") })];
    if (person.kind === "registered" || person.kind === "signed-in") {
      const body = JSON.stringify({ customerId: person.customerId, consent, events });
      return this.#server.send(
        { method: "POST", path: "/v1/events", body, key: this.shop.keys.serverKey },
        person,
      );
    }
    return this.#server.send(
      this.#page("/v1/events", { visitorId: person.visitorId, consent, events }),
      person,
    );
  }

  /** Erases somebody in the way that is open to their kind. @returns the receipt */
  async erase(person: CanaryPerson): Promise<string> {
    const { serverKey } = this.shop.keys;
    const byServer = (path: string): Letter => ({ method: "DELETE", path, body: "", key: serverKey });
    const letter =
      person.kind === "visitor"
        ? this.#page("/v1/me/erase", {})
        : person.kind === "signed-in"
          ? this.#page("/v1/me/erase", { identity: this.tokenOf(person) })
          : person.kind === "registered"
            ? byServer(`/v1/customers/${person.customerId}`)
            : byServer(`/v1/visitors/${person.visitorId}`);
    const { status, body } = await this.#server.send(letter, person);
    if (status !== 200 || typeof body["receipt"] !== "string")
      throw new Error(`Erasing a ${person.kind} answered ${status} ${JSON.stringify(body)}`);
    return body["receipt"];
  }

  /** The status that the shop's own system is answered which asks for a customer's data. Visitors cannot be asked for. */
  async standing({ customerId }: CanaryPerson): Promise<number | undefined> {
    if (customerId === undefined) return undefined;
    const path = `/v1/customers/${customerId}/export`;
    return (await this.#server.send({ method: "GET", path, body: "", key: this.shop.keys.adminKey })).status;
  }
}
