import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { startRealShop, type Pages, type RealShop } from "../support/real-shop.ts";
import { buildSnippet } from "./snippet-stage.ts";

/** What a test puts into the shop's page: markup of its own, and headers. */
export type Extras = {
  readonly head?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the page is meant to be without the snippet's tag. */
  readonly isBare?: boolean;
  /** What is replaced in the finished page, as `String.replace` does. */
  readonly replace?: readonly (readonly [find: string | RegExp, by: string])[];
};

/** The shop's pages by their path; every other path is the page as it stands in `pages/proof-shop.html`. */
export const pages = new Map<string, Extras>();

/** A page the shop was asked for. `purpose`: the header that tells of pages fetched ahead. */
export type Asked = { readonly path: string; readonly purpose: string; readonly at: number };
export const asked: Asked[] = [];

const CSS = `.slot { min-height: 320px } [data-concierge-list] { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; list-style: none }
  img { max-width: 100% } body { color: #111; background: #fff; font: 16px/1.5 sans-serif }`;
const IMAGE = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#88a"/></svg>`;

/** A shop of `pages`, with the snippet as it is in the source now. */
async function shopPages(): Promise<(api: () => { url: string; key: string }) => Pages> {
  const scripts = new Map([
    ["/concierge.js", Buffer.from(await buildSnippet())],
    ["/concierge-debug.js", Buffer.from(await buildSnippet("debug"))],
  ]);
  const template = readFileSync(new URL("pages/proof-shop.html", import.meta.url), "utf8");
  return (api) => (request, response) => {
    const { pathname } = new URL(request.url!, "http://shop");
    asked.push({ path: pathname, purpose: String(request.headers["sec-purpose"] ?? ""), at: Date.now() });
    const end = (type: string, body: string | Buffer): void => {
      response.setHeader("content-type", type);
      response.end(body);
    };
    // Cacheable, so that pages may enter the back-forward cache.
    response.setHeader("cache-control", "max-age=60");
    const script = scripts.get(pathname);
    if (script) return end("text/javascript", script);
    if (pathname === "/shop.css") return end("text/css", CSS);
    if (pathname.startsWith("/i/")) return end("image/svg+xml", IMAGE);
    const { head = "", body = "", headers = {}, isBare, replace = [] } = pages.get(pathname) ?? {};
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (pathname === "/plain") return end("text/html", `<!doctype html><title>Plain</title>${body}`);
    let html = template
      .replace("<!--HEAD-->", () => head)
      .replace("<!--BODY-->", () => body)
      .replace("KEY", api().key)
      .replace("API", api().url);
    if (isBare) html = html.replace(/<script async.*<\/script>/, "");
    for (const [find, by] of replace) html = html.replace(find, () => by);
    end("text/html; charset=utf-8", html);
  };
}

/** The shop before the real Worker. Both slots get three products, whoever asks. */
export async function openRealShop(): Promise<RealShop> {
  const made = await shopPages();
  return startRealShop(
    (request, response, real) =>
      made(() => ({ url: real.api, key: real.keys.writeKey }))(request, response, real),
    {
      slots: {
        "home-top": { title: "For you", strategies: ["pinned"], min: 1, max: 3 },
        "home-own": { strategies: ["pinned"], min: 1, max: 3 },
      },
      rules: [
        { id: "top", slots: ["home-top"], then: [{ do: "pin", items: ["p1", "p2", "p3"] }] },
        { id: "own", slots: ["home-own"], then: [{ do: "pin", items: ["p4", "p5", "p6"] }] },
      ],
    },
  );
}

/** A request a stand-in API was sent. */
export type Sent = { readonly path: string; readonly text: string; readonly at: number };
/** What it says to that. `text`: the body as it goes out, whether JSON or not. */
export type Reply = { readonly text: string; readonly status?: number; readonly delayMs?: number };

/** The shop before an API that answers what a test tells it to. */
export class AnsweredShop {
  shop = "";
  api = "";
  readonly sent: Sent[] = [];
  reply: (sent: Sent, index: number) => Reply = () => ({ text: "{}" });
  readonly #servers: Server[] = [];

  async open(): Promise<this> {
    const made = await shopPages();
    this.api = await this.#listen((request, response) => void this.#answer(request, response));
    const serve = made(() => ({ url: this.api, key: "pk_proof" }));
    this.shop = await this.#listen((request, response) => serve(request, response, undefined as never));
    return this;
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Requests of one kind, as the bodies they brought. */
  bodies(path: string): Record<string, unknown>[] {
    return this.sent.filter((one) => one.path === path).map(({ text }) => JSON.parse(text));
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
    const sent = { path: request.url!, text, at: Date.now() };
    const { text: body, status = 200, delayMs = 0 } = this.reply(sent, this.sent.push(sent) - 1);
    if (delayMs) await new Promise((done) => setTimeout(done, delayMs));
    response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader("content-type", "application/json");
    response.statusCode = status;
    response.end(body);
  }
}

export const YES = { personalization: true, analytics: true };
export const NO = { personalization: false, analytics: false };

/** Makes every page of a context one whose visitor agreed before. */
export async function agreed(context: BrowserContext): Promise<void> {
  await context.addInitScript((yes) => {
    try {
      localStorage.setItem("concierge.consent", JSON.stringify(yes));
    } catch {
      // A frame that may keep nothing.
    }
  }, YES);
}

/**
 * Collects what a page complains of, for as long as it is open: uncaught errors, its console (which
 * tells of broken policies too), dialogs. */
export function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error}`));
  page.on("crash", () => complaints.push("crashed"));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  return complaints;
}

type Fields = { readonly [field: string]: unknown };
/** A request as the browser sent it, wherever it went to. */
export type Request = { readonly path: string; readonly method: string; readonly body: Fields };

/** Everything the pages of a context ask the API for from now on. */
export function requestsOf(context: BrowserContext, api: string): Request[] {
  const requests: Request[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(api)) return;
    const body = JSON.parse(request.postData() ?? "{}") as Fields;
    requests.push({ path: new URL(request.url()).pathname, method: request.method(), body });
  });
  return requests;
}

/** The events in such requests, each once. */
export function eventsIn(requests: readonly Request[], type?: string): Fields[] {
  const events = requests.flatMap(({ body }) => (body["events"] ?? []) as Fields[]);
  return [...new Map(events.map((event) => [event["id"], event])).values()].filter(
    (event) => type === undefined || event["type"] === type,
  );
}
