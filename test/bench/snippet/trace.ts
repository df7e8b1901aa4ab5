/** One entry of a browser's trace, as far as it is read here. Times are microseconds. */
type Slice = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time on the CPU; the rest was spent waiting for one. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string; readonly type?: string } };
};

/** What a script cost the page's main thread, in milliseconds of CPU. */
export type Cost = {
  /** Compiling and evaluating the script's file. */
  readonly evaluateMs: number;
  /** Everything it did afterwards: its listeners, timers, and what it awaited. */
  readonly laterMs: number;
  readonly longestTaskMs: number;
  /** Tasks of 50 ms and more that contain something of the script's. */
  readonly longTasks: number;
  /** What those tasks took beyond 50 ms each. */
  readonly blockingMs: number;
  /** All tasks of the page, whoever's. */
  readonly mainThreadMs: number;
  /** Of each click, in order. */
  readonly clicks: readonly Click[];
};

/** What one click cost, in milliseconds of CPU. */
export type Click = {
  /** In the script's own listeners. */
  readonly ownMs: number;
  /** In all listeners for the click, and what they awaited. */
  readonly allMs: number;
};

/** What has to be traced for {@link costOf}. */
export const TRACED = [
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "v8",
  "v8.execute",
  "disabled-by-default-v8.compile",
];

const LONG_MS = 50;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const isWithin = (inner: Slice, outer: Slice): boolean =>
  inner !== outer && inner.ts >= outer.ts && inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0);

/** Slices that lie in no other one of them: nested ones would be counted twice. */
const outermost = (slices: readonly Slice[]): Slice[] =>
  slices.filter((slice) => !slices.some((other) => isWithin(slice, other)));

/**
 * Reads a trace of one page. Microtasks carry no address in a trace: the pages of this bench make no promises of their own,
 * so they are the script's.
 * @param shop origin of the page, by which its main thread is found
 * @param script the script's address; of a page without one nothing is its own
 * @param scale by how much slower the processor would be that is asked about
 */
export function costOf(trace: Uint8Array, shop: string, script: string | undefined, scale: number): Cost {
  const cpuMs = ({ tdur = 0 }: Slice): number => (scale * tdur) / 1000;
  const { traceEvents } = JSON.parse(Buffer.from(trace).toString()) as { traceEvents: Slice[] };
  const urlOf = ({ args }: Slice): string | undefined => args?.data?.url;
  const page = traceEvents.find(
    ({ name, args }) => name === "EvaluateScript" && args?.data?.url?.startsWith(shop),
  );
  if (!page) throw new Error(`The trace knows no script of ${shop}.`);
  const main = traceEvents.filter(({ ph, pid, tid }) => ph === "X" && pid === page.pid && tid === page.tid);
  const named = (...names: string[]): Slice[] => main.filter(({ name }) => names.includes(name));
  const isOwn = (slice: Slice): boolean => script !== undefined && urlOf(slice) === script;
  const evaluated = outermost(named("EvaluateScript", "v8.compile").filter(isOwn));
  const called = named("FunctionCall").filter(isOwn);
  const isPages = (slice: Slice): boolean => evaluated.some((outer) => isWithin(slice, outer));
  const hasOwn = evaluated.length > 0;
  const microtasks = hasOwn ? named("RunMicrotasks", "v8.callbackMicrotasks") : [];
  const later = outermost([...called, ...microtasks]).filter((slice) => !isPages(slice));
  const tasks = named("RunTask");
  const ownTasks = tasks
    .filter((task) => [...evaluated, ...later].some((slice) => isWithin(slice, task)))
    .map(cpuMs);
  return {
    evaluateMs: sum(evaluated.map(cpuMs)),
    laterMs: sum(later.map(cpuMs)),
    longestTaskMs: Math.max(0, ...ownTasks),
    longTasks: ownTasks.filter((ms) => ms >= LONG_MS).length,
    blockingMs: sum(ownTasks.map((ms) => Math.max(0, ms - LONG_MS))),
    mainThreadMs: sum(tasks.map(cpuMs)),
    clicks: named("EventDispatch")
      .filter(({ args }) => args?.data?.type === "click")
      .map((click) => ({
        ownMs: sum(later.filter((slice) => isWithin(slice, click)).map(cpuMs)),
        allMs: cpuMs(click),
      })),
  };
}
