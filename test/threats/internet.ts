import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request of the server that arrived at the stand-in. */
export type Arrival = {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
};

/** Stands in for the whole internet: whatever host the server asks, the request comes here. */
export class Internet {
  readonly arrivals: Arrival[] = [];
  readonly #hosts = new Map<string, (arrival: Arrival, reply: ServerResponse) => void>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Internet> {
    const server = createServer();
    const internet = new Internet(server);
    server.on("request", (request, reply) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const arrival: Arrival = {
          host: request.headers.host ?? "",
          path: request.url ?? "",
          headers: request.headers as Record<string, string>,
          body: Buffer.concat(chunks).toString("utf8"),
          at: Date.now(),
        };
        internet.arrivals.push(arrival);
        const answer = internet.#hosts.get(arrival.host);
        if (answer) answer(arrival, reply);
        else reply.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return internet;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How a host answers; unnamed ones answer 204. */
  host(name: string, answer: (arrival: Arrival, reply: ServerResponse) => void): void {
    this.#hosts.set(name, answer);
  }

  to(host: string): Arrival[] {
    return this.arrivals.filter((one) => one.host === host);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
