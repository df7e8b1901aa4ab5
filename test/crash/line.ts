import { Agent, request } from "node:http";

/** What came back, or `undefined` when nothing did: refused, reset, or too late. */
export type Reply = { readonly status: number; readonly body: unknown } | undefined;

const TIMEOUT_MS = 15_000;

/** Keep-alive connections to one server, as many as there are writers; they outlive its restarts. */
export class Line {
  readonly #agent: Agent;
  readonly #url: string;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Sends a text once. Never throws: a server that was just killed is nothing unusual here. */
  send(
    method: string,
    path: string,
    text: string | undefined,
    key?: string,
    type = "application/json",
  ): Promise<Reply> {
    return new Promise((resolve) => {
      const outgoing = request(
        `${this.#url}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          headers: {
            ...(text === undefined
              ? {}
              : { "content-type": type, "content-length": Buffer.byteLength(text) }),
            ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", () => resolve(undefined));
          incoming.on("aborted", () => resolve(undefined));
          incoming.on("end", () => {
            const received = Buffer.concat(chunks).toString("utf8");
            try {
              resolve({
                status: incoming.statusCode ?? 0,
                body: received === "" ? undefined : JSON.parse(received),
              });
            } catch {
              resolve({ status: incoming.statusCode ?? 0, body: received });
            }
          });
        },
      );
      outgoing.on("error", () => resolve(undefined));
      outgoing.on("timeout", () => {
        outgoing.destroy();
        resolve(undefined);
      });
      outgoing.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
