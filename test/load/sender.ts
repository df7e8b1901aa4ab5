/** One process that sends: takes an order from its parent, and tells what it heard. See send.ts. */
import { Line, written } from "./line.ts";
import { emptyHearing, note, type Hearing, type Order } from "./send.ts";

/** How long answers may take after the last request. */
const PATIENCE_MS = 15_000;

async function run({ port, rate, seconds, askings, lines: linesMax, from, marks }: Order): Promise<Hearing> {
  const hearing = emptyHearing();
  const idle: Line[] = [];
  const waiting: [n: number, due: number][] = [];
  let open = 0;
  let done = 0;
  const serve = async (line: Line, n: number, due: number): Promise<void> => {
    const asking = askings[(from + n) % askings.length]!;
    try {
      const reply = await line.ask(written(asking, from + n));
      note(hearing, asking.kind, { reply, ms: performance.now() - due, n: from + n, marks });
    } catch (error) {
      note(hearing, asking.kind, { error: String(error), ms: performance.now() - due, n: from + n, marks });
    }
    done++;
    const next = waiting.shift();
    if (next) return serve(line, ...next);
    idle.push(line);
  };
  const count = Math.round(rate * seconds);
  let due = performance.now() + 20;
  for (let n = 0; n < count;) {
    const now = performance.now();
    for (; due <= now && n < count; n++) {
      const line = idle.pop() ?? (open < linesMax ? (open++, new Line(port)) : undefined);
      if (line) void serve(line, n, due);
      else waiting.push([n, due]);
      // People know nothing of each other: the gaps are exponential.
      due += (-Math.log(1 - Math.random()) * 1000) / rate;
    }
    // No spinning: the server has to share the machine with us. Being a millisecond late counts as waiting.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const until = performance.now() + PATIENCE_MS;
  const isDone = (): boolean => done >= count;
  while (!isDone() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  return { ...hearing, unanswered: count - done };
}

process.once("message", (order: Order) => {
  void run(order).then((hearing) => process.send!(hearing));
});
