/** One process of an open-loop load: takes an order from its parent, and tells what it heard. See open-loop.ts. */
import { Connection } from "./connection.ts";
import { bareContenders, ourContenders, type Place } from "./contenders.ts";
import type { Contender } from "./load.ts";
import type { Shop } from "./shop.ts";

export type Order = {
  readonly contender: string;
  readonly bare: Place;
  readonly ours: Place;
  readonly shop: Shop;
  readonly objects: number;
  /** Requests a second, of this process. */
  readonly rate: number;
  readonly seconds: number;
  readonly process: number;
};
export type Heard = { readonly latencies: number[]; readonly error?: string };

/** Beyond so many at once whoever is due waits for a connection, and the wait counts. */
const CONNECTIONS_MAX = 256;

async function run({
  contender: key,
  bare,
  ours,
  shop,
  objects,
  rate,
  seconds,
  process,
}: Order): Promise<Heard> {
  const all: Readonly<Record<string, Contender>> = {
    ...bareContenders(bare, objects),
    ...ourContenders(ours, shop, process),
  };
  const contender = all[key]!;
  const idle: Connection[] = [];
  const waiting: number[] = [];
  const latencies: number[] = [];
  let open = 0;
  const state: { failed?: string } = {};
  const serve = async (connection: Connection, first: number) => {
    try {
      for (let due: number | undefined = first; due !== undefined; due = waiting.shift()) {
        const reply = await connection.ask(contender.next());
        if (!contender.isRight(reply))
          state.failed ??= `${key} was answered ${reply.status}: ${reply.body.slice(0, 300)}`;
        latencies.push(performance.now() - due);
      }
      idle.push(connection);
    } catch (error) {
      state.failed ??= String(error);
    }
  };
  const count = Math.round(rate * seconds);
  const from = performance.now() + 50;
  let due = from;
  for (let sent = 0; sent < count && state.failed === undefined;) {
    const now = performance.now();
    for (; due <= now && sent < count; sent++) {
      const connection =
        idle.pop() ?? (open < CONNECTIONS_MAX ? (open++, new Connection(contender.port)) : undefined);
      if (connection) void serve(connection, due);
      else waiting.push(due);
      // Arrivals of people who know nothing of each other: the gaps are exponential.
      due += (-Math.log(1 - Math.random()) * 1000) / rate;
    }
    await new Promise((resolve) =>
      due - performance.now() > 2 ? setTimeout(resolve, 1) : setImmediate(resolve),
    );
  }
  for (
    let waited = 0;
    latencies.length < count && state.failed === undefined && waited < 10_000;
    waited += 20
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
  if (state.failed === undefined && latencies.length < count)
    state.failed = `${count - latencies.length} of ${count} requests were not answered.`;
  return { latencies, ...(state.failed === undefined ? {} : { error: state.failed }) };
}

process.once("message", (order: Order) => {
  void run(order).then((heard) => process.send!(heard));
});
