import type { Served } from "../../../src/cli/serve.ts";
import { CONSENT, SLOT, type Shop } from "./shop.ts";
import type { Contender } from "./load.ts";

/** A server under load. */
export type Target = Pick<Served, "url" | "process">;

export type Place = Pick<Contender, "port" | "pid">;

export const placeOf = ({ url, process }: Target): Place => ({
  port: Number(new URL(url).port),
  pid: process.pid!,
});

/** A whole request as it goes over the wire. The bodies here are ASCII, so a character is a byte. */
function wire(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): string {
  const lines = Object.entries({
    host: "127.0.0.1",
    ...headers,
    ...(body === "" ? {} : { "content-length": String(body.length) }),
  });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** Takes turns through a list. */
function inTurn<T>(all: readonly T[], first = 0): () => T {
  let next = first;
  return () => all[next++ % all.length]!;
}

/** What nothing but the platform costs, spread over as many objects as ours. */
export function bareContenders(
  place: Place,
  objects: number,
): Record<"hello" | "read" | "insert", Contender> {
  const names = Array.from({ length: objects }, (_, i) => `visitor-${i}`);
  const [toRead, toWrite] = [inTurn(names), inTurn(names)];
  const isRight: Contender["isRight"] = ({ status }) => status === 200;
  return {
    hello: { name: "bare Hono hello", ...place, isRight, next: () => wire("GET", "/hello") },
    read: {
      name: "bare object, memory read",
      ...place,
      isRight,
      next: () => wire("GET", `/read/${toRead()}`),
    },
    insert: {
      name: "bare object, one insert",
      ...place,
      isRight,
      next: () => wire("POST", `/insert/${toWrite()}`, { "content-length": "0" }),
    },
  };
}

/**
 * A page's calls, with the key in a text body as the snippet sends them.
 * @param process tells several load generators apart: their events have ids of their own, and they begin elsewhere
 */
export function ourContenders(
  server: Place,
  shop: Shop,
  process = 0,
): Record<"contextual" | "decide" | "decideWithEvent" | "oneEvent" | "twentyEvents", Contender> {
  const place = server;
  const product = inTurn(shop.products, 37 * process);
  const reader = inTurn(shop.readers, 37 * process);
  const writer = inTurn(shop.writers, 37 * process);
  const run = Date.now().toString(36);
  let events = 0;
  const viewed = (item: string) => ({
    id: `bench-${run}-${process}-${events++}`,
    type: "product_viewed",
    item,
    at: Date.now(),
  });
  const post = (path: string, visitorId: string, body: object) =>
    wire(
      "POST",
      path,
      { origin: shop.origin, "content-type": "text/plain;charset=UTF-8" },
      JSON.stringify({ key: shop.writeKey, visitorId, consent: CONSENT, sentAt: Date.now(), ...body }),
    );
  const page = (item: string) => ({
    page: { type: "product", url: `${shop.origin}/product.html?id=${item}`, item },
    slots: [{ id: SLOT }],
  });
  const batch = (size: number) => () =>
    post("/v1/events", writer(), { events: Array.from({ length: size }, () => viewed(product())) });

  // Whoever has everything in the cart is rightly shown nothing; a fault or a decision for nobody is no answer.
  const isDecided: Contender["isRight"] = ({ status, body }) =>
    status === 200 && !body.includes('"reason":"fault"') && !body.includes('"applied":[]');
  const isTaken: Contender["isRight"] = ({ status, body }) =>
    status === 200 && body.includes('"status":"accepted"') && !body.includes('"status":"rejected"');
  return {
    contextual: {
      name: "decide without consent",
      ...place,
      isRight: ({ status, body }) => status === 200 && body.includes('"status":"contextual"'),
      next: () =>
        wire(
          "POST",
          "/v1/decide",
          { origin: shop.origin, "content-type": "text/plain;charset=UTF-8" },
          JSON.stringify({ key: shop.writeKey, ...page(product()) }),
        ),
    },
    decide: {
      name: "decide",
      ...place,
      isRight: isDecided,
      next: () => post("/v1/decide", reader(), page(product())),
    },
    decideWithEvent: {
      name: "decide with an event",
      ...place,
      isRight: (reply) => isDecided(reply) && isTaken(reply),
      next: () => {
        const item = product();
        return post("/v1/decide", writer(), { ...page(item), events: [viewed(item)] });
      },
    },
    oneEvent: { name: "1 event", ...place, isRight: isTaken, next: batch(1) },
    twentyEvents: { name: "20 events", ...place, isRight: isTaken, next: batch(20) },
  };
}
