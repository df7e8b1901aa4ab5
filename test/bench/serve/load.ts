import { cpuMsOf } from "./process.ts";
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
  /** Requests before the measuring starts, so that every object asked about is awake. */
  readonly warmUp: number;
};

const REST_STEP_MS = 200;
const REST_MS_MAX = 3000;
/** CPU in one step below which a server counts as idle: one tick of the kernel's clock. */
const IDLE_CPU_MS = 10;

/** Waits until a server has done what the requests left it to do: alarms, deliveries, learning. */
async function rested(pid: number): Promise<void> {
  let isIdle = false;
  for (let waited = 0; !isIdle && waited < REST_MS_MAX; waited += REST_STEP_MS) {
    const before = cpuMsOf(pid);
    await new Promise((resolve) => setTimeout(resolve, REST_STEP_MS));
    const after = cpuMsOf(pid);
    // An effect leaves an object up to a step and a half after its event; only later is silence a sign.
    isIdle =
      waited >= 2 * REST_STEP_MS &&
      before !== undefined &&
      after !== undefined &&
      after - before <= IDLE_CPU_MS;
  }
}

/** Puts a contender under a closed-loop load: every connection asks again as soon as it is answered. */
export async function underLoad(
  contender: Contender,
  { connections, durationMs, warmUp }: Load,
): Promise<Round> {
  const serverCpuBefore = cpuMsOf(contender.pid);
  const ownCpuBefore = process.cpuUsage();
  let from = Number.POSITIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  const latencies: number[] = [];
  let asked = 0;
  const ask = async () => {
    const connection = new Connection(contender.port);
    try {
      for (let at = performance.now(); at < until;) {
        const reply = await connection.ask(contender.next());
        const answeredAt = performance.now();
        if (!contender.isRight(reply)) {
          throw new Error(`${contender.name} was answered ${reply.status}: ${reply.body.slice(0, 600)}`);
        }
        if (answeredAt >= from && answeredAt < until) latencies.push(answeredAt - at);
        if (++asked === warmUp) [from, until] = [answeredAt, answeredAt + durationMs];
        at = answeredAt;
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const own = process.cpuUsage(ownCpuBefore);
  await rested(contender.pid);
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
