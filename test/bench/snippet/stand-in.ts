import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync } from "node:zlib";
import { answerOf, CALM, type Manner } from "./collector.ts";
import { noisePng, squareSvg } from "./pictures.ts";

/** A request that arrived, in order of arrival. */
export type Arrived = {
  readonly at: "shop" | "api";
  readonly method: string;
  readonly path: string;
  readonly text: string;
};

/** About as long as a server nearby takes. */
const BASE_MS = 60;

/** A shop on one origin, and on another the collector of whoever is measured, so that every preflight shows. */
export class StandIn {
  readonly arrived: Arrived[] = [];
  readonly manner: Manner = { ...CALM };
  /** Pages and scripts of the shop, by path. */
  readonly files = new Map<string, { readonly type: string; readonly bytes: Uint8Array }>();
  shop = "";
  api = "";
  readonly #servers: Server[] = [];

  async open(): Promise<this> {
    this.put("/mark.js", "text/javascript", "window.marked = true;");
    this.put("/hero.png", "image/png", noisePng(320, 200));
    for (let at = 0; at < 12; at++) this.put(`/i/${at}.svg`, "image/svg+xml", squareSvg(at * 30));
    this.shop = await this.#listen((request, response) => this.#serve(request, response));
    this.api = await this.#listen((request, response) => void this.#collect(request, response));
    return this;
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Puts a file into the shop, and gives its address. Pictures come as they are, the rest compressed. */
  put(path: string, type: string, content: string | Uint8Array): string {
    const bytes = Buffer.from(content as string);
    this.files.set(path, { type, bytes: type === "image/png" ? bytes : brotliCompressSync(bytes) });
    return this.shop + path;
  }

  /** Back to the beginning, for the next visit. */
  reset(manner: Partial<Manner> = {}): void {
    this.arrived.length = 0;
    Object.assign(this.manner, CALM, manner);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url!, "http://shop").pathname;
    this.arrived.push({ at: "shop", method: request.method!, path, text: "" });
    const file = this.files.get(path);
    response.statusCode = file ? 200 : 404;
    response.setHeader("content-type", file?.type ?? "text/plain");
    if (file && file.type !== "image/png") response.setHeader("content-encoding", "br");
    response.end(file?.bytes);
  }

  async #collect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const path = new URL(request.url!, "http://api").pathname;
    this.arrived.push({ at: "api", method: request.method!, path, text });
    response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader(
      "access-control-allow-headers",
      request.headers["access-control-request-headers"] ?? "",
    );
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    const answer = await answerOf(path, text, this.manner, BASE_MS);
    if (answer) response.setHeader("content-type", answer.type).end(answer.text);
  }

  async #listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler).listen(0, "127.0.0.1");
    this.#servers.push(server);
    await new Promise((ready) => server.once("listening", ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}
