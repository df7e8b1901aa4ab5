import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Plugin } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import * as v from "valibot";
import { buildScript } from "../../src/cli/build-script.ts";
import { ShopEvent } from "../../src/core/event/event.ts";
import { DecideRequest, type PickedItem, type SlotStatus } from "../../src/core/wire/decide.ts";
import { EventsRequest } from "../../src/core/wire/events.ts";

/** The snippet as the build makes it; a test that plants a defect gives the plugin that does. */
export const buildSnippet = (entry = "snippet", plugins: Plugin[] = []): Promise<Uint8Array> =>
  buildScript(`client/snippet/${entry}.ts`, { plugins });

type Fields = Record<string, unknown>;
/** A body as it arrived: of either request, and not yet checked. */
type Body = Omit<Partial<DecideRequest>, "events" | "consent"> & { events?: Fields[]; consent?: Fields };

/** A request the stand-in API was sent, in order of arrival. */
export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Body;
};

/** How the stand-in API answers; a test overrides what it is about. */
export type Manner = {
  status: number;
  delayMs: number;
  slot: SlotStatus;
  token: string | undefined;
  items: readonly PickedItem[];
  /** Content policy of the shop's pages. */
  policy: string | undefined;
};

const CALM: Manner = {
  status: 200,
  delayMs: 0,
  slot: "contextual",
  token: undefined,
  items: [],
  policy: undefined,
};

export const pick = (id: string, more: Partial<PickedItem> = {}): PickedItem => ({
  id,
  rank: 1,
  title: `Title of ${id}`,
  url: `/p/${id}`,
  price: { minor: 1299, currency: "EUR", text: "€12.99" },
  why: { code: "bought_together", text: `Often bought with ${id}` },
  controls: ["not_this", "own_it", "less_like_this"],
  ...more,
});

/**
 * A shop on one origin and a stand-in for the API on another, so that every preflight would show. It knows no profile:
 * it checks each body against the wire's own schemas, mints ids and says what it is told to.
 */
export class Stage {
  readonly sent: Sent[] = [];
  /** What the wire's schemas had against the bodies. */
  readonly problems: string[] = [];
  readonly manner: Manner = { ...CALM };
  shop = "";
  api = "";
  readonly #servers: Server[] = [];
  readonly #seen = new Set<unknown>();
  #minted = 0;

  async open(plugins: Plugin[] = []): Promise<this> {
    const scripts = {
      "/concierge.js": Buffer.from(await buildSnippet("snippet", plugins)),
      "/concierge-debug.js": Buffer.from(await buildSnippet("debug")),
    };
    this.api = await this.#listen((request, response) => void this.#answer(request, response));
    this.shop = await this.#listen((request, response) => {
      const { pathname } = new URL(request.url!, "http://shop");
      const script = scripts[pathname as keyof typeof scripts];
      response.setHeader("content-type", script ? "text/javascript" : "text/html");
      if (this.manner.policy) response.setHeader("content-security-policy", this.manner.policy);
      response.end(script ?? this.#page(pathname));
    });
    return this;
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }

  /** Back to the beginning, for the next test. */
  reset(manner: Partial<Manner> = {}): void {
    this.sent.length = this.problems.length = 0;
    this.#seen.clear();
    Object.assign(this.manner, CALM, manner);
  }

  to(path: string): Sent[] {
    return this.sent.filter((request) => request.path === path);
  }

  /** Every event that arrived, once per arrival. */
  events(): Fields[] {
    return this.sent.flatMap(({ body }) => body.events ?? []);
  }

  #page(pathname: string): string {
    if (pathname === "/plain.html") return "<!doctype html><title>Plain</title>";
    const name = /^\/(product|scroll)\.html$/.exec(pathname)?.[1] ?? "shop";
    return readFileSync(new URL(`pages/${name}.html`, import.meta.url), "utf8")
      .replace("SNIPPET", `${this.shop}/concierge.js`)
      .replace("API", this.api);
  }

  async #listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler).listen(0, "127.0.0.1");
    this.#servers.push(server);
    await new Promise((ready) => server.once("listening", ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text || "{}") as Body;
    const path = request.url!;
    const { status, delayMs, slot, token, items } = { ...this.manner };
    this.sent.push({ method: request.method!, path, headers: request.headers, body });
    this.#check(path, body);
    if (delayMs) await new Promise((done) => setTimeout(done, delayMs));
    response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    response.setHeader("access-control-allow-credentials", "true");
    response.statusCode = status;
    if (status !== 200) return void response.end("{}");
    const { personalization, analytics } = body.consent ?? {};
    const isPersonal = personalization || analytics;
    response.end(
      JSON.stringify({
        visitorId: isPersonal && !body.visitorId ? `visitor-${++this.#minted}` : undefined,
        events: body.events?.map(({ id }) => {
          const status = this.#seen.has(id) ? "duplicate" : "accepted";
          this.#seen.add(id);
          return { id, status };
        }),
        decisionId: "d1",
        configRevision: 1,
        consent: { applied: [], withheld: [] },
        slots: body.slots?.map(({ id }) => ({
          id,
          status: slot,
          reason: "test",
          title: "Picked",
          items,
          assignments: [],
          holdout: false,
          token,
        })),
      }),
    );
  }

  #check(path: string, body: Body): void {
    const schema = path === "/v1/decide" ? DecideRequest : EventsRequest;
    const note = (issues: readonly v.BaseIssue<unknown>[] | undefined, what: unknown): void => {
      for (const issue of issues ?? [])
        this.problems.push(`${v.getDotPath(issue)} ${issue.message} in ${JSON.stringify(what)}`);
    };
    note(v.safeParse(schema, body).issues, body);
    for (const event of body.events ?? []) note(v.safeParse(ShopEvent, event).issues, event);
  }
}

/** Everything the page's origin keeps, by name. */
export const storageOf = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => ({ ...localStorage }));

/** Asks the page's concierge, as the shop would. */
export const ask = (page: Page, ...call: unknown[]): Promise<void> =>
  page.evaluate((call) => {
    window.concierge!(...(call as never[]));
  }, call);

/** A page of the shop in a fresh browser profile, which has agreed to everything unless told otherwise. */
export async function visit(
  context: BrowserContext,
  url: string,
  consent?: Record<string, boolean>,
): Promise<Page> {
  if (consent)
    await context.addInitScript((consent) => {
      if (!localStorage.getItem("concierge.consent"))
        localStorage.setItem("concierge.consent", JSON.stringify(consent));
    }, consent);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "load" });
  return page;
}

declare global {
  interface Window {
    concierge?: (...call: never[]) => void;
  }
}
