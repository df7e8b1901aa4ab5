import {
  Agent,
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** What the way to the Worker is like for one trial. Moments are epoch milliseconds of this machine. */
export type Weather = {
  /** What a connection takes to be made, in milliseconds; a request that its browser ends meanwhile never was. */
  delayMs: number;
  /** Until then every request is answered 503 with `Retry-After`. */
  downUntil: number;
  /** Until then requests arrive nowhere and are never answered. */
  deafUntil: number;
  /** So many requests more that the Worker takes in, and whose connection is cut before the answer. */
  answersToLose: number;
  /** Every request reaches the Worker twice, at the same time. */
  isDoubling: boolean;
};

/** One request as it came from a browser. */
export type Passed = { readonly method: string; readonly at: number; readonly body: string; status: number };

/** What is kept of the way of one trial. */
export type Traffic = { readonly weather: Weather; readonly passed: Passed[]; underway: number };

/**
 * The way from browsers to the Worker, on an origin of its own: it is slow, and breaks as it is told, for each trial by
 * itself. A trial's address is `<url>/<trial>`. Figures are never read here; what arrived, the Worker says.
 */
export class Road {
  url = "";
  readonly #to: URL;
  readonly #delayMs: number;
  readonly #trials = new Map<string, Traffic>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #server: Server | undefined;

  /** @param delayMs of every trial, unless it says otherwise */
  constructor(worker: string, delayMs: number) {
    this.#to = new URL(worker);
    this.#delayMs = delayMs;
  }

  async open(): Promise<this> {
    const server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    }).listen(0, "127.0.0.1");
    this.#server = server;
    await new Promise((ready) => server.once("listening", ready));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
    this.#agent.destroy();
  }

  trial(name: string): Traffic {
    const known = this.#trials.get(name);
    if (known) return known;
    const calm = { delayMs: this.#delayMs, downUntil: 0, deafUntil: 0, answersToLose: 0, isDoubling: false };
    const traffic: Traffic = { weather: calm, passed: [], underway: 0 };
    this.#trials.set(name, traffic);
    return traffic;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name, path] = /^\/([^/]+)(\/.*)$/.exec(request.url!) ?? [];
    if (name === undefined || path === undefined) return void response.destroy();
    const traffic = this.trial(name);
    const { weather } = traffic;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const at = Date.now();
    const passed: Passed = { method: request.method!, at, body: body.toString("utf8"), status: 0 };
    traffic.passed.push(passed);
    if (at < weather.deafUntil) return;
    if (at < weather.downUntil) {
      passed.status = 503;
      return void response
        .writeHead(503, {
          "access-control-allow-origin": request.headers.origin ?? "*",
          "access-control-allow-credentials": "true",
          "access-control-expose-headers": "Retry-After",
          "retry-after": String(Math.ceil((weather.downUntil - at) / 1000)),
        })
        .end("{}");
    }
    traffic.underway++;
    try {
      await new Promise((done) => setTimeout(done, weather.delayMs));
      // Called back while the connection was still being made: nobody has heard of it.
      if (request.socket.destroyed) return;
      const copies = weather.isDoubling ? 2 : 1;
      const [answer] = await Promise.all(
        Array.from({ length: copies }, () => this.#forward(request, path, body)),
      );
      if (weather.answersToLose > 0) {
        weather.answersToLose--;
        return void response.destroy();
      }
      passed.status = answer!.status;
      response.writeHead(answer!.status, answer!.headers).end(answer!.body);
    } finally {
      traffic.underway--;
    }
  }

  #forward(
    { method, headers }: IncomingMessage,
    path: string,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { hostname, port, host } = this.#to;
      const sent = ask(
        { hostname, port, path, method, headers: { ...headers, host }, agent: this.#agent },
        async (answer) => {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) });
        },
      );
      sent.once("error", reject).end(body);
    });
  }
}
