/** One process that opens many connections and speaks slowly on them. See slow-sockets.ts. */
import { connect, type Socket } from "node:net";

export type SlowOrder = {
  readonly port: number;
  readonly sockets: number;
  /** Between two bytes of one connection. */
  readonly everyMs: number;
  readonly seconds: number;
  /** Sent at once when the connection opens. */
  readonly head: string;
  /** Then a byte at a time, again and again. */
  readonly tail: string;
};
export type SlowHeard = {
  readonly opened: number;
  readonly failed: number;
  /** Ended by the server while we still spoke. */
  readonly dropped: number;
  /** First words of what it said. */
  readonly said: Record<string, number>;
};

const OPENED_AT_ONCE = 250;
const BETWEEN_MS = 50;

async function run({ port, sockets, everyMs, seconds, head, tail }: SlowOrder): Promise<SlowHeard> {
  const heard = { opened: 0, failed: 0, dropped: 0, said: {} as Record<string, number> };
  const open: Socket[] = [];
  const until = performance.now() + seconds * 1000;
  const begin = () => {
    const socket = connect({ port, host: "127.0.0.1" }).setEncoding("latin1");
    let isOpen = false;
    socket.on("connect", () => {
      isOpen = true;
      heard.opened++;
      socket.write(head);
    });
    socket.on("data", (text: string) => {
      const line = text.split("\r\n", 1)[0]!.slice(0, 60);
      heard.said[line] = (heard.said[line] ?? 0) + 1;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (performance.now() >= until) return;
      if (isOpen) heard.dropped++;
      else heard.failed++;
    });
    open.push(socket);
  };
  for (let n = 0; n < sockets; n += OPENED_AT_ONCE) {
    for (let i = n; i < Math.min(sockets, n + OPENED_AT_ONCE); i++) begin();
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  // Spread over the pause between two bytes, so that they do not all speak at once.
  const STEPS = 20;
  for (let step = 0; performance.now() < until; step++) {
    const byte = tail[Math.floor(step / STEPS) % tail.length]!;
    for (let i = step % STEPS; i < open.length; i += STEPS) if (open[i]!.writable) open[i]!.write(byte);
    await new Promise((resolve) => setTimeout(resolve, everyMs / STEPS));
  }
  for (const socket of open) socket.destroy();
  return heard;
}

process.once("message", (order: SlowOrder) => {
  void run(order).then((heard) => process.send!(heard));
});
