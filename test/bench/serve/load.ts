import { cpuMsOf } from "./cpu-time.ts";
import { Connection, type Reply } from "./connection.ts";

/** Something to put under load. */
export type Contender = {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** The next request, as it goes over the wire. */
  next(): string;
  /** Whether an answer is what a page could use; a fast wrong answer is worth nothing. */
  isRight(reply: Reply): boolean;
};

/** What one round of load showed. */
export type Round = {
  readonly rps: number;
  /** Milliseconds from writing a request to having read its answer. */
  readonly latencies: readonly number[];
  /** CPU of the server per request, alarms that follow included; `undefined` where /proc does not tell. */
  readonly serverCpuUs: number | undefined;
  /** CPU of this load generator per request. */
  readonly ownCpuUs: number;
};

export type Load = {
  readonly connections: number;
  readonly durationMs: number;
  /** Load before the measuring starts, so that a round does not begin with an idle server's first answers. */
  readonly rampMs: number;
  /** Rest after the load, for what the requests left to do. */
  readonly restMs: number;
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Puts a contender under a closed-loop load: every connection asks again as soon as it is answered. */
export async function underLoad(
  contender: Contender,
  { connections, durationMs, rampMs, restMs }: Load,
): Promise<Round> {
  const serverCpuBefore = cpuMsOf(contender.pid);
  const ownCpuBefore = process.cpuUsage();
  const from = performance.now() + rampMs;
  const until = from + durationMs;
  const latencies: number[] = [];
  let asked = 0;
  const ask = async () => {
    const connection = new Connection(contender.port);
    try {
      for (let at = performance.now(); at < until;) {
        const reply = await connection.ask(contender.next());
        const answeredAt = performance.now();
        if (!contender.isRight(reply))
          throw new Error(`${contender.name} was answered ${reply.status}: ${reply.body.slice(0, 600)}`);
        asked++;
        if (answeredAt >= from && answeredAt < until) latencies.push(answeredAt - at);
        at = answeredAt;
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const own = process.cpuUsage(ownCpuBefore);
  await sleep(restMs);
  const serverCpuAfter = cpuMsOf(contender.pid);
  return {
    rps: (latencies.length * 1000) / durationMs,
    latencies,
    serverCpuUs:
      serverCpuBefore === undefined || serverCpuAfter === undefined
        ? undefined
        : ((serverCpuAfter - serverCpuBefore) * 1000) / asked,
    ownCpuUs: (own.user + own.system) / asked,
  };
}
