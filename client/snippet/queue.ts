import type { ShopEventType } from "../../src/core/event/event.ts";
import type { EventAnswer } from "../../src/core/wire/decide.ts";
import { choice, isRefused, permits, statement } from "./consent.ts";
import { log } from "./log.ts";
import { api, setting } from "./script.ts";
import { keptEvents, parse, read, write } from "./storage.ts";
import { identity, now, visitor } from "./visitor.ts";

/** An event as a page tells it; the server parses it. */
export type Captured = { readonly type: ShopEventType; readonly [field: string]: unknown };
type Held = Captured & { readonly id: string };
type Answer = { readonly visitorId?: string; readonly events?: readonly EventAnswer[] };

/**
 * Everything not yet answered, oldest first. As long as consent is awaited it is nowhere else; then each event is kept
 * under a name of its own, so that no tab ever rewrites what another one keeps.
 */
let held: Held[] = [];
/** Events that a request is carrying now. */
const flying = new Set<Held>();
let failures = 0;
let pauseS = 0;
let timer = 0;
let lane: Promise<unknown> = (async () => {})();
/** Who has just withdrawn, until the server has heard of it. */
let leaver: string | undefined;

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** Events may be stored: after a yes, and after a no that the server could not be told. */
const mayKeep = (): unknown => permits() || (choice() && visitor());

const keep = (event: Held): void => {
  if (!mayKeep()) return;
  // Before the first event, so that no tab can find the event and not the name.
  void (visitor() ?? read("concierge.newcomer") ?? write("concierge.newcomer", page));
  write(`concierge.queue.${event.id}`, JSON.stringify(event));
};

/** Ids are `<page>-<number>`. A page's name begins with its time; no two pages, nor copies of a tab, have the same. */
const page = Date.now().toString(36) + Math.random().toString(36).slice(-4);
let count = 0;

/** Takes over what earlier pages and closed tabs could not send. Two pages may do so: ids make repeats harmless. */
export function adopt(): void {
  held.forEach(keep);
  if (!mayKeep()) return;
  for (const name of keptEvents()) {
    const event = parse<Held>(read(name));
    // After two days, or unreadable: of no use to anybody.
    if (!event || !(parseInt(event.id.slice(0, 8), 36) > now() - 172_800_000)) write(name);
    else if (!held.some(({ id }) => id == event.id)) held.unshift(event);
  }
  schedule();
}

/** Forgets the browser's id and everything that went with it. */
export function forget(): void {
  held = [];
  leaver = undefined;
  for (const name of keptEvents()) write(name);
  write("concierge.visitor");
  write("concierge.newcomer");
}

/** Takes note of an event. Before a decision it waits in memory; after a no it is dropped, unless `regardless`. */
export function capture(event: Captured, regardless?: boolean): void {
  log("event", event);
  if (regardless || !isRefused()) {
    const whole = { at: now(), ...event, id: `${page}-${++count}` };
    held.push(whole);
    keep(whole);
    // A queue without a limit would one day fill the shop's own storage.
    while (bytes(held) > 250_000) done([held[0]!]);
  }
  schedule();
}

/** Tells the server of a withdrawal and clears the device, both in the caller's task. */
export function withdraw(event: Captured): void {
  const id = visitor();
  forget();
  leaver = id;
  if (id) {
    capture(event, true);
    void flush();
  }
}

function done(events: readonly Held[]): void {
  held = held.filter((event) => !events.includes(event));
  for (const { id } of events) write(`concierge.queue.${id}`);
}

/**
 * Sends a body together with what waits, as far as both fit in 60,000 bytes, near the browsers' limit at exit. As text
 * without any header of its own, so that no browser asks the server for permission first: such a question is what loses
 * events when a page is left. Everything up to the request itself happens in the caller's task, so it also works at exit.
 * Answered events are done with, the others wait for another attempt. Without `rest`, a question for a decision, it goes
 * only if something waits.
 */
export async function send<T extends Answer>(rest?: object): Promise<T | undefined> {
  const path = rest ? "decide" : "events";
  const isPersonal = rest ? permits() : mayKeep() || leaver;
  const id = isPersonal ? (visitor() ?? leaver) : undefined;
  // Who may not be told apart says nothing about a person but what they decided.
  const body = {
    key: setting("key"),
    visitorId: id,
    newcomer: isPersonal ? read("concierge.newcomer") : undefined,
    identity: id && identity,
    consent: statement(),
    sentAt: now(),
    ...rest,
  };
  let room = 59_900 - bytes(body);
  const batch = isPersonal
    ? held
        .filter((event) => !flying.has(event))
        .slice(0, 50)
        .filter((event) => (room -= bytes(event) + 1) > 0)
    : [];
  if (!batch[0] && !rest) return;
  let settled = 0;
  let answer: T | undefined;
  try {
    const text = JSON.stringify({ ...body, events: batch });
    for (const event of batch) flying.add(event);
    log("send " + path, text);
    const response = await fetch(api(path), {
      method: "POST",
      body: text,
      // Where this is not known (Firefox before 133) the next page sends what was kept.
      keepalive: true,
      // Cookies prove to the server whose browser this is; without a yes nobody asks.
      credentials: permits() ? "include" : "omit",
      // The next request waits for this one.
      signal: AbortSignal.timeout?.(9000),
    });
    pauseS = +response.headers.get("retry-after")!;
    // What the server will never take is not sent again. 408, 425, 429 mean later.
    if (!rest && /^4(?!08|25|29)/.test(response.status as never)) settled = 50;
    answer = (await response.json()) as T;
    log("answer " + path, answer);
    // Where two tabs began at the same moment only one name stands, and only its id is kept.
    if (answer.visitorId?.trim && permits() && body.newcomer == read("concierge.newcomer")) {
      write("concierge.visitor", answer.visitorId);
      write("concierge.newcomer");
    }
    settled ||= answer.events?.length ?? 0;
  } catch (error) {
    log("error", error);
  }
  for (const event of batch) flying.delete(event);
  done(batch.slice(0, settled));
  if (batch[0]) failures = settled ? 0 : failures + 1;
  if (isRefused()) {
    // The server has heard of the withdrawal; else the device must remember whose it was.
    if (!held[0]) forget();
    else if (leaver) {
      write("concierge.visitor", leaver);
      held.forEach(keep);
    }
  }
  schedule();
  return answer;
}

/** What is known goes out now: it is time, or the page is being left, or hidden. */
export const flush = (): Promise<unknown> => send();

/** Runs one request after the other: the first brings the visitor id, and no second id may be asked for meanwhile. */
export function inTurn(job: () => Promise<unknown>): void {
  lane = lane.then(job).catch((error) => log("error", error));
}

/** Sends when nothing has happened for 2 s; at once at 20 events, or while the browser has no id. */
function schedule(): void {
  clearTimeout(timer);
  const waiting = mayKeep() || leaver ? held.length : 0;
  // Three failures in a row: blocked, or down. The next page tries again.
  if (waiting && failures < 3)
    timer = setTimeout(
      () => inTurn(flush),
      failures ? Math.max(pauseS * 1000, (1 + Math.random()) * 2000 * failures) : waiting > 19 ? 0 : 2000,
    );
}
