import { connect, type Socket } from "node:net";

/** A whole HTTP/1.1 answer. */
export type Reply = { readonly status: number; readonly body: string };

const HEAD_END = "\r\n\r\n";
const LENGTH = /^content-length: *(\d+)/im;

/** The answer that a text begins with, or `undefined` while some of it is still under way. */
export function readReply(text: string): Reply | undefined {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const length = LENGTH.exec(head)?.[1];
  if (length === undefined)
    throw new Error(`The bench reads only answers with a content-length, not\n${head}`);
  const bodyAt = headEnd + HEAD_END.length;
  // Read as latin1, one character is one byte.
  if (text.length < bodyAt + Number(length)) return undefined;
  return { status: Number(text.slice(9, 12)), body: text.slice(bodyAt) };
}

/**
 * One keep-alive connection that asks one thing at a time. Far cheaper than `fetch`: the load generator shares the
 * machine with the server it measures.
 */
export class Connection {
  readonly #socket: Socket;
  #text = "";
  #settle: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true }).setEncoding("latin1");
    this.#socket.on("data", (chunk: string) => this.#hear(chunk));
    this.#socket.on("error", (error) => this.#settle?.reject(error));
    this.#socket.on("close", () => this.#settle?.reject(new Error("The server closed the connection.")));
  }

  ask(request: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request, "latin1");
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(chunk: string): void {
    this.#text += chunk;
    const settle = this.#settle;
    try {
      const reply = readReply(this.#text);
      if (!reply) return;
      this.#text = "";
      this.#settle = undefined;
      settle?.resolve(reply);
    } catch (error) {
      settle?.reject(error as Error);
    }
  }
}
