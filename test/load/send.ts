import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Asking, Reply } from "./line.ts";

/** Open-loop load of one process: requests come when they are due, whether or not the ones before were answered. */
export type Order = {
  readonly port: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Sent in turn. */
  readonly askings: readonly Asking[];
  /** Connections at once; beyond them whoever is due waits, and the wait counts. */
  readonly lines: number;
  /** Number of the first request. */
  readonly from: number;
  /** Texts in answers that are counted. */
  readonly marks: readonly string[];
};

/** What came back, by the kind of what was asked. */
export type Heard = {
  /** Milliseconds from when a request was due to when its answer was read. */
  readonly latencies: number[];
  readonly statuses: Record<string, number>;
  readonly marks: Record<string, number>;
};
export type Hearing = {
  readonly kinds: Record<string, Heard>;
  /** Refusals (429, 503, 507) that do not say when to come again. */
  readonly withoutRetry: number;
  /** Numbers of the requests whose event was accepted. */
  readonly accepted: number[];
  /** A few words of each kind of failure. */
  readonly failures: Record<string, number>;
  readonly unanswered: number;
};
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const emptyHearing = (): Mutable<Hearing> => ({
  kinds: {},
  withoutRetry: 0,
  accepted: [],
  failures: {},
  unanswered: 0,
});

type Note = {
  readonly reply?: Reply;
  readonly error?: string;
  readonly ms: number;
  readonly n: number;
  readonly marks: readonly string[];
};

/** Takes one answer into what was heard. */
export function note(hearing: Mutable<Hearing>, kind: string, { reply, error, ms, n, marks }: Note): void {
  const heard = (hearing.kinds[kind] ??= { latencies: [], statuses: {}, marks: {} });
  const status = reply ? String(reply.status) : "lost";
  heard.statuses[status] = (heard.statuses[status] ?? 0) + 1;
  heard.latencies.push(ms);
  for (const mark of marks) if (reply?.body.includes(mark)) heard.marks[mark] = (heard.marks[mark] ?? 0) + 1;
  if (reply && [429, 503, 507].includes(reply.status) && reply.retryAfterS === undefined)
    hearing.withoutRetry++;
  if (reply?.status === 200 && reply.body.includes('"status":"accepted"')) hearing.accepted.push(n);
  if (!reply || reply.status >= 500) {
    const words = (reply?.body ?? error ?? "").slice(0, 160);
    hearing.failures[words] = (hearing.failures[words] ?? 0) + 1;
  }
}

/** Sends from a process of its own, so that whoever measures is not kept waiting by whoever attacks. */
export function send(
  order: Pick<Order, "port" | "rate" | "seconds" | "askings"> & Partial<Order>,
): Promise<Hearing> {
  const child = fork(fileURLToPath(new URL("sender.ts", import.meta.url)), { serialization: "advanced" });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  return new Promise((resolve, reject) => {
    child.once("message", (hearing: Hearing) => {
      process.off("exit", end);
      child.kill();
      resolve(hearing);
    });
    child.once("exit", (code) => reject(new Error(`A sender ended with ${code}.`)));
    child.send({ lines: 256, from: 0, marks: [], ...order } satisfies Order);
  });
}

/** How often a kind was answered so. */
export const statusCount = (hearing: Hearing, kind: string, status: string): number =>
  hearing.kinds[kind]?.statuses[status] ?? 0;
