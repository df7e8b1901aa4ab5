import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Order, Heard } from "./open-client.ts";

/** Open-loop load: requests come when they are due, whether or not the ones before were answered. */
export type OpenLoop = {
  /** Offered requests a second, over all processes. */
  readonly rate: number;
  readonly seconds: number;
  readonly processes: number;
};

/**
 * Puts a contender under open-loop load from several processes. Latency counts from the moment a request was due, so that
 * waiting behind a slow answer is counted (coordinated omission, Gil Tene).
 * @returns milliseconds, in no order, and the requests a second that were answered in time
 */
export async function openLoop(
  order: Omit<Order, "rate" | "seconds" | "process">,
  { rate, seconds, processes }: OpenLoop,
): Promise<{ readonly latencies: number[]; readonly answered: number }> {
  const heard = await Promise.all(
    Array.from({ length: processes }, (_, process) =>
      ask({ ...order, rate: rate / processes, seconds, process }),
    ),
  );
  const latencies = heard.flatMap((one) => one.latencies);
  return { latencies, answered: latencies.length / seconds };
}

function ask(order: Order): Promise<Heard> {
  const child = fork(fileURLToPath(new URL("open-client.ts", import.meta.url)), {
    serialization: "advanced",
  });
  return new Promise((resolve, reject) => {
    child.once("message", (heard: Heard) => {
      child.kill();
      if (heard.error === undefined) resolve(heard);
      else reject(new Error(heard.error));
    });
    child.once("exit", (code) => reject(new Error(`A load generator ended with ${code}.`)));
    child.send(order);
  });
}
