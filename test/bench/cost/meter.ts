import { AsyncLocalStorage } from "node:async_hooks";

/** What turns of one kind took. Runs inside the server, beside everything that is metered. */
export type TurnCount = {
  requests: number;
  rowsRead: number;
  rowsWritten: number;
  alarms: number;
  /** Time between a turn's beginning and end, in milliseconds: a Worker's clock stands still while it computes. */
  waitedMs: number;
};
export type MeterReading = {
  /** Requests to the Worker, by path. */
  readonly worker: Record<string, number>;
  /** By class and method; `CustomerObject.alarm` and `CustomerObject.constructor` among them. */
  readonly turns: Record<string, TurnCount>;
  /** Time each class's objects could not sleep: in a turn, or with `waitUntil` work under way. In milliseconds. */
  readonly awakeMs: Record<string, number>;
};

type Cursor = { readonly rowsRead: number; readonly rowsWritten: number };
type Sql = { exec(query: string, ...binds: unknown[]): Cursor };
type State = {
  readonly storage: { readonly sql: Sql; setAlarm(...args: readonly unknown[]): Promise<void> };
  waitUntil(work: Promise<unknown>): void;
};
type Method = (this: object, ...args: unknown[]) => unknown;
type ObjectClass = new (ctx: State, env: unknown) => object;
type Worker = { fetch(request: Request, env: unknown, ctx: unknown): Response | Promise<Response> };

const reading: MeterReading = { worker: {}, turns: {}, awakeMs: {} };
const turn = new AsyncLocalStorage<{ readonly name: string; readonly of: object | undefined }>();

/** Cursors not yet read to their end: rows read are only known after that. */
const open: { readonly cursor: Cursor; readonly count: TurnCount; counted: number }[] = [];
const OPEN_MAX = 256;

const countOf = (name: string): TurnCount =>
  (reading.turns[name] ??= { requests: 0, rowsRead: 0, rowsWritten: 0, alarms: 0, waitedMs: 0 });

function settle(one: (typeof open)[number]): void {
  const { rowsRead } = one.cursor;
  one.count.rowsRead += rowsRead - one.counted;
  one.counted = rowsRead;
}

/** Several things may keep an object awake at once; the platform bills the time, not the things. */
class Awake {
  readonly #of: string;
  #things = 0;
  #since = 0;

  constructor(of: string) {
    this.#of = of;
  }

  begin(): void {
    if (this.#things++ === 0) this.#since = Date.now();
  }

  end(): void {
    if (--this.#things === 0)
      reading.awakeMs[this.#of] = (reading.awakeMs[this.#of] ?? 0) + Date.now() - this.#since;
  }
}
const awakes = new WeakMap<object, Awake>();

function meterState(ctx: State, of: string, awake: Awake): State {
  const { storage } = ctx;
  const { sql } = storage;
  const now = () => countOf(turn.getStore()?.name ?? `${of}.constructor`);
  const exec = sql.exec.bind(sql);
  sql.exec = (query, ...binds) => {
    const cursor = exec(query, ...binds);
    const count = now();
    count.rowsWritten += cursor.rowsWritten;
    open.push({ cursor, count, counted: 0 });
    if (open.length > OPEN_MAX) settle(open.shift()!);
    return cursor;
  };
  const setAlarm = storage.setAlarm.bind(storage);
  storage.setAlarm = (...args) => {
    now().alarms++;
    return setAlarm(...args);
  };
  const waitUntil = ctx.waitUntil.bind(ctx);
  ctx.waitUntil = (work) => {
    awake.begin();
    const end = () => awake.end();
    work.then(end, end);
    waitUntil(work);
  };
  return ctx;
}

/** The same class, metered: each method that is called from outside, its SQL, its alarms, and the time it stays awake. */
export function meteredObject(of: string, Base: ObjectClass): ObjectClass {
  const Metered = class extends Base {
    constructor(ctx: State, env: unknown) {
      const awake = new Awake(of);
      super(meterState(ctx, of, awake), env);
      awakes.set(this, awake);
    }
  };
  const own = Base.prototype as Readonly<Record<string, unknown>>;
  for (const method of Object.getOwnPropertyNames(own)) {
    const { value } = Object.getOwnPropertyDescriptor(own, method) as { value?: unknown };
    if (method === "constructor" || typeof value !== "function") continue;
    const inner = value as Method;
    const outer: Method = function outer(...args) {
      // A call of one's own method is no request.
      if (turn.getStore()?.of === this) return inner.apply(this, args);
      const name = `${of}.${method}`;
      const count = countOf(name);
      count.requests++;
      const awake = awakes.get(this)!;
      const from = Date.now();
      awake.begin();
      const end = () => {
        count.waitedMs += Date.now() - from;
        awake.end();
      };
      let answer: unknown;
      try {
        answer = turn.run({ name, of: this }, () => inner.apply(this, args));
      } catch (error) {
        end();
        throw error;
      }
      if (answer instanceof Promise) answer.then(end, end);
      else end();
      return answer;
    };
    Object.defineProperty(Metered.prototype, method, { value: outer, writable: true, configurable: true });
  }
  return Metered;
}

/** The same worker; `GET /__meter` tells what was counted since the process began. */
export const meteredWorker = (worker: Worker): Worker => ({
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === "/__meter") {
      for (const one of open) settle(one);
      return Response.json(reading);
    }
    reading.worker[pathname] = (reading.worker[pathname] ?? 0) + 1;
    return worker.fetch(request, env, ctx);
  },
});
