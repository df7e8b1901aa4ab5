import { connect, type Socket } from "node:net";

/** A whole answer: what a client needs to know of it. */
export type Reply = {
  readonly status: number;
  /** Seconds, where the answer says when to come again. */
  readonly retryAfterS: number | undefined;
  readonly body: string;
};

/** What a client sends: `{{n}}` in the body stands for the number of the request, so that ids differ. */
export type Asking = {
  /** Answers are told apart by it. */
  readonly kind: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A request as it goes over the wire. */
export function written({ path, headers, body }: Asking, n: number): string {
  const text = body.replaceAll("{{n}}", String(n));
  const all = { host: "127.0.0.1", "content-length": String(Buffer.byteLength(text)), ...headers };
  const lines = Object.entries(all).map(
    ([name, value]) => `${name}: ${value.replaceAll("{{n}}", String(n))}`,
  );
  return `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${text}`;
}

/** The answer that a text begins with, or `undefined` while some of it is under way. Latin1: one character is one byte. */
export function replyIn(text: string): Reply | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const chunked = length === undefined && /^transfer-encoding: *chunked/im.test(head);
  const bodyAt = headEnd + 4;
  if (chunked ? !text.endsWith("\r\n0\r\n\r\n") : text.length < bodyAt + Number(length ?? 0))
    return undefined;
  const retry = /^retry-after: *(\d+)/im.exec(head)?.[1];
  return {
    status: Number(text.slice(9, 12)),
    retryAfterS: retry === undefined ? undefined : Number(retry),
    body: text.slice(bodyAt),
  };
}

/** One keep-alive connection, one request at a time; opened again by itself after the server closed it. */
export class Line {
  readonly #port: number;
  #socket: Socket | undefined;
  #text = "";
  #settle: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  ask(request: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#text = "";
      this.#open().write(request, "utf8");
    });
  }

  close(): void {
    this.#settle = undefined;
    this.#socket?.destroy();
  }

  #open(): Socket {
    if (this.#socket && !this.#socket.destroyed && this.#socket.writable) return this.#socket;
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true }).setEncoding("latin1");
    const lost = (error: Error) => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#settle?.reject(error);
      this.#settle = undefined;
    };
    socket.on("data", (chunk: string) => {
      this.#text += chunk;
      const reply = replyIn(this.#text);
      if (!reply) return;
      const settle = this.#settle;
      this.#settle = undefined;
      settle?.resolve(reply);
    });
    socket.on("error", lost);
    socket.on("close", () => lost(new Error("The server closed the connection.")));
    this.#socket = socket;
    return socket;
  }
}
