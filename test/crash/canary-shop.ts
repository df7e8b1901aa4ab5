import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { freePort, serve, type Served } from "../../src/cli/serve.ts";
import type { CanaryPerson, Letter } from "./canary-person.ts";
import { importFiles, pageEvents, serverEvents } from "./canary-acts.ts";
import { identityToken } from "./identity.ts";
import { openShop, SLOTS, type Shop } from "./shop.ts";

export type Answered = {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly code?: string;
    readonly events?: readonly { readonly status: string; readonly code?: string }[];
  };
};
type Decided = { readonly decisionId?: string; readonly slots?: readonly { readonly token?: string }[] };

/** Nobody listens there: what is to be told waits in the courier. */
const UNREACHABLE = "https://nobody-listens.example.com/crm";
const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const AGREED = { basis: "consent", source: "loyalty card", policyVersion: "3" };
const IMPORT_OPTIONS = {
  commit: true,
  basis: { personalization: AGREED, analytics: AGREED, clienteling: AGREED },
};

/** Plain workerd with a shop in it, the people who come there, and what they and the shop's systems send. */
export class CanaryShop {
  readonly dir: string;
  readonly #configPath: string;
  readonly #clearAfterMs: number;
  #port = 0;
  #served: Served | undefined;
  #shop: Shop | undefined;

  constructor(dir: string, configPath: string, clearAfterMs: number) {
    this.dir = dir;
    this.#configPath = configPath;
    this.#clearAfterMs = clearAfterMs;
  }

  get dataDir(): string {
    return join(this.dir, "objects");
  }
  get shop(): Shop {
    return this.#shop!;
  }

  async start(): Promise<void> {
    this.#port ||= await freePort();
    const assetsDir = join(DIST, "assets");
    if (!existsSync(assetsDir)) mkdirSync(assetsDir, { recursive: true });
    this.#served = await serve({
      dataDir: this.dataDir,
      secrets: localSecrets(this.dir),
      port: this.#port,
      configPath: this.#configPath,
      assetsDir,
      quiet: true,
      settings: { CLEAR_AFTER_MS: String(this.#clearAfterMs), BUDGET_FACTOR: "1000" },
    });
  }

  async open(): Promise<void> {
    await this.start();
    this.#shop = await openShop(this.#served!.url, localSecrets(this.dir).OPERATOR_KEY);
    const { adminKey } = this.shop.keys;
    const types = [
      "order_recorded",
      "order_refunded",
      "consent_changed",
      "customer_erased",
      "import_finished",
    ];
    const body = JSON.stringify({ url: UNREACHABLE, types, purpose: "transaction" });
    await this.#demand({ method: "PUT", path: "/v1/webhooks/crm", body, key: adminKey });
  }

  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    await this.#served?.stop(signal);
    this.#served = undefined;
  }

  /** Sends a letter with the cookies of whoever it is about, and keeps those that come back. */
  async send({ method, path, body, type, key }: Letter, person?: CanaryPerson): Promise<Answered> {
    const cookie = [...(person?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(`${this.#served!.url}${path}`, {
      method,
      headers: {
        "content-type": type ?? "application/json",
        "user-agent": BROWSER,
        ...(key === undefined ? (cookie === "" ? {} : { cookie }) : { authorization: `Bearer ${key}` }),
      },
      ...(body === "" ? {} : { body }),
    });
    for (const line of key === undefined ? reply.headers.getSetCookie() : []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === "") person?.cookies.delete(name!);
      else person?.cookies.set(name!, value!);
    }
    return { status: reply.status, body: (await reply.json()) as Answered["body"] };
  }

  /** The same where nothing but a success will do; all of its events have to be taken. */
  async #demand(letter: Letter, person?: CanaryPerson): Promise<Answered["body"]> {
    const { status, body } = await this.send(letter, person);
    const refused = body.events?.find((event) => event.status === "rejected");
    if (status >= 300 || refused)
      throw new Error(
        `${letter.method} ${letter.path} answered ${status} ${JSON.stringify(refused ?? body)}`,
      );
    person?.letters.push(letter);
    return body;
  }

  #page(path: string, body: object): Letter {
    return { method: "POST", path, body: JSON.stringify({ key: this.shop.keys.writeKey, ...body }) };
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
      const first = await this.#demand(this.#page("/v1/decide", { ...asked, page }), person);
      if (typeof first["visitorId"] === "string") {
        person.visitorId = first["visitorId"];
        person.know("visitor id", person.visitorId.slice("v_".length));
        // Sent again without an id it would be somebody new.
        person.letters.pop();
      }
      await this.#demand(
        this.#page("/v1/events", { ...who(), consent, events: pageEvents(person, item) }),
        person,
      );
      const seen = { ...who(), consent, page: { type: "product", item }, slots: SLOTS.map((id) => ({ id })) };
      const decided = (await this.#demand(this.#page("/v1/decide", seen), person)) as Decided;
      const token = decided.slots?.find((slot) => slot.token !== undefined)?.token;
      if (token === undefined) throw new Error(`A decision came without a token: ${JSON.stringify(decided)}`);
      person.know("decision", decided.decisionId!);
      person.know("decision token", token.split(".")[2]!);
      const events = [person.event("slot_seen", { token })];
      await this.#demand(this.#page("/v1/events", { ...who(), consent, events }), person);
    }
    if (person.kind === "visitor")
      await this.#demand(
        this.#page("/v1/me/change", { hide: { trait: person.text("hidden trait") } }),
        person,
      );
    if (person.kind === "signed-in")
      await this.#demand(
        this.#page("/v1/identify", { ...who(), identity: this.tokenOf(person), consent }),
        person,
      );
    if (person.customerId !== undefined) {
      const grants = { ...consent, clienteling: true, transaction: true };
      const body = { customerId: person.customerId, consent: grants, events: serverEvents(person, item) };
      await this.#demand(
        { method: "POST", path: "/v1/events", body: JSON.stringify(body), key: keys.serverKey },
        person,
      );
    }
  }

  /** Notices that wait for an endpoint nobody reaches. */
  async waiting(): Promise<number> {
    const { webhooks } = (await this.#demand({
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
    const { run } = (await this.#demand(letter)) as { run?: string };
    for (let waited = 0; waited < 20_000; waited += 100) {
      const report = await this.#demand({
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
      return this.send({ method: "POST", path: "/v1/events", body, key: this.shop.keys.serverKey }, person);
    }
    return this.send(this.#page("/v1/events", { visitorId: person.visitorId, consent, events }), person);
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
    const { status, body } = await this.send(letter, person);
    if (status !== 200 || typeof body["receipt"] !== "string")
      throw new Error(`Erasing a ${person.kind} answered ${status} ${JSON.stringify(body)}`);
    return body["receipt"];
  }

  /** The status that the shop's own system is answered which asks for a customer's data. Visitors cannot be asked for. */
  async standing({ customerId }: CanaryPerson): Promise<number | undefined> {
    if (customerId === undefined) return undefined;
    const path = `/v1/customers/${customerId}/export`;
    return (await this.send({ method: "GET", path, body: "", key: this.shop.keys.adminKey })).status;
  }
}
