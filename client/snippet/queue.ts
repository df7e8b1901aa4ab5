import type { ShopEventType } from "../../src/core/event/event.ts";
import type { EventAnswer } from "../../src/core/wire/decide.ts";
import type { EventsAnswer } from "../../src/core/wire/events.ts";
import { choice, isRefused, permits } from "./consent.ts";
import { log } from "./log.ts";
import { post, sender, visitor } from "./post.ts";
import { parse, read, write } from "./storage.ts";

/** An event as a page tells it; the server parses it. */
export type Captured = { readonly type: ShopEventType; readonly [field: string]: unknown };
type Held = Captured & { readonly id: string };

/** Events that consent is still awaited for. Never stored. */
let buffer: Held[] = [];
/** Ids of events that a request is carrying now. */
const flying = new Set<string>();
let failures = 0;
let timer = 0;
let lane = Promise.resolve();

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** Events may be stored and sent: after a yes, and after a no until the server has heard of it. */
const mayKeep = (): unknown => permits() || (choice() && visitor());

/** Everything not yet answered, oldest first. Storage is read anew each time: other tabs write there too. */
const held = (): Held[] => [...((mayKeep() ? parse<Held[]>(read("queue")) : undefined) ?? []), ...buffer];

function hold(events: Held[]): void {
  buffer = mayKeep() ? [] : events.slice(-50);
  // A queue without a limit would one day fill the shop's own storage.
  while (bytes(events) > 250_000) events.shift();
  if (mayKeep()) write("queue", JSON.stringify(events));
}

/** Ids are `<stream>-<number>`: one stream per device, from when it may be stored, and the same id at each attempt. */
let stream = "";
function nextId(): string {
  const last = read("stream") || stream || Math.random().toString(36).slice(2, 14).padEnd(12, "0") + "-0";
  stream = last.replace(/\d+$/, (count) => String(+count + 1));
  if (mayKeep()) write("stream", stream);
  return stream;
}

/** Drops what is waiting: the answer was no. */
export function discard(): void {
  buffer = [];
  write("queue");
}

/** Forgets the browser's id and everything that went with it. */
export function forget(): void {
  discard();
  write("visitor");
  write("stream");
  stream = "";
}

/** Takes note of an event. Before a decision it waits in memory; after a no it is dropped, unless `regardless`. */
export function capture(event: Captured, regardless?: boolean): void {
  log("event", event);
  if (regardless || !isRefused()) {
    const whole = { id: nextId(), at: Date.now(), ...event };
    // The server takes no larger one.
    if (bytes(whole) < 32_768) hold([...held(), whole]);
  }
  schedule();
}

/** Picks waiting events that fit beside `rest` in one body: at most 50, and 60,000 bytes, near the browsers' limit at exit. */
export function take(rest: object): Held[] {
  let room = 59_900 - bytes(rest);
  const batch = held()
    .filter(({ id }) => !flying.has(id))
    .slice(0, 50)
    .filter((event) => (room -= bytes(event) + 1) > 0);
  for (const { id } of batch) flying.add(id);
  return batch;
}

/** After a request that carried `batch`: answered events are done with, the others wait for another attempt. */
export function settle(
  batch: readonly Held[],
  answers: readonly EventAnswer[] | undefined,
  isFinal?: boolean,
): void {
  const done = isFinal ? batch : batch.slice(0, answers?.length ?? 0);
  const ids = done.map(({ id }) => id);
  for (const { id } of batch) flying.delete(id);
  hold(held().filter(({ id }) => !ids.includes(id)));
  if (batch[0]) failures = ids[0] ? 0 : failures + 1;
  if (isRefused() && !held().length) forget();
  schedule();
}

/** Sends one batch. Everything up to the request itself happens in the caller's task, so it also works at exit. */
export async function flush(): Promise<void> {
  const head = sender(visitor());
  const events = mayKeep() ? take(head) : [];
  if (!events.length) return;
  const { status, answer } = await post<EventsAnswer>("events", { ...head, events });
  // What the server will never take is not sent again. 408, 425, 429 mean later.
  settle(events, answer?.events, /^4(?!08|25|29)/.test(String(status)));
}

/** Runs one request after the other: the first brings the visitor id, and no second id may be asked for meanwhile. */
export function inTurn(job: () => Promise<void>): void {
  lane = lane.then(job).catch((error) => log("error", error));
}

/** Sends when nothing has happened for 2 s; at once at 20 events, or while the browser has no id. */
function schedule(): void {
  clearTimeout(timer);
  const waiting = mayKeep() ? held().length : 0;
  // Four failures in a row: blocked or down. The next page tries again.
  if (waiting && failures < 4)
    timer = setTimeout(
      () => inTurn(flush),
      failures ? (1 + Math.random()) * 1000 * 2 ** failures : waiting > 19 || !visitor() ? 0 : 2000,
    );
}

/** The page is being left, or hidden: what is known goes out now. Without an id it waits in storage for the next page. */
export function leave(): void {
  if (visitor()) void flush();
}
