import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { BROWSER, CONSENT, type Shop } from "./shop.ts";

/** A body that is not what it says, or never ends. */
export type BadBody = {
  readonly name: string;
  /** Sent at once. */
  readonly head: string;
  /** Then again and again, as fast as it is taken, or only once a second. */
  readonly more?: Uint8Array | undefined;
  readonly isTrickle?: true;
  /** Hang up in the middle. */
  readonly isCut?: true;
  /** Whoever refuses so much may also hang up: the answer is then lost behind what is still being sent. */
  readonly mayHangUp?: true;
  /** What may be answered; empty where nobody is left to be answered. */
  readonly statuses: readonly number[];
};
export type Met = {
  readonly status: number | undefined;
  readonly sent: number;
  readonly ms: number;
  readonly code: string | undefined;
};

const MEGABYTE = 1 << 20;
const GIVEN_UP_MS = 8_000;
const CUT_MS = 200;

/** Everything that is tried. Whoever is named in a body must not be known afterwards. */
export function badBodies(shop: Shop): BadBody[] {
  const events = (n: number, text: string) =>
    Array.from({ length: n }, (_, i) => ({ type: "custom", id: `bad-${i}`, name: "noted", facts: { text } }));
  const said = (visitorId: string, list: readonly object[]) =>
    JSON.stringify({ key: shop.keys.writeKey, visitorId, consent: CONSENT, events: list });
  const head = (...lines: string[]) =>
    [
      "POST /v1/events HTTP/1.1",
      "host: 127.0.0.1",
      `origin: ${shop.origin}`,
      `user-agent: ${BROWSER}`,
      "content-type: text/plain",
      ...lines,
      "",
      "",
    ].join("\r\n");
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const endless = Buffer.from(chunk("1,".repeat(32_768)));
  const whole = said("bad-body", events(3, "x"));
  const large = said("bad-body", events(400, "x".repeat(1_500)));
  const bomb = gzipSync(Buffer.alloc(10 * MEGABYTE, 32)).toString("latin1");
  return [
    {
      name: "chunks without end",
      head: head("transfer-encoding: chunked") + chunk(whole.slice(0, -2)),
      more: endless,
      mayHangUp: true,
      statuses: [413],
    },
    {
      name: "chunks, a byte a second",
      head: head("transfer-encoding: chunked") + chunk(whole.slice(0, 40)),
      more: Buffer.from(chunk(" ")),
      isTrickle: true,
      statuses: [408],
    },
    {
      name: "600 KB with its length",
      head: head(`content-length: ${Buffer.byteLength(large)}`) + large,
      statuses: [413],
    },
    {
      name: "600 KB in one chunk",
      head: head("transfer-encoding: chunked") + chunk(large) + "0\r\n\r\n",
      statuses: [413],
    },
    {
      name: "a length of a petabyte",
      head: head("content-length: 1000000000000000") + whole,
      more: Buffer.alloc(65_536, 32),
      mayHangUp: true,
      statuses: [413],
    },
    {
      name: "a length longer than the body",
      head: head(`content-length: ${Buffer.byteLength(whole) + 100_000}`) + whole,
      statuses: [408],
    },
    { name: "a length shorter than the body", head: head("content-length: 50") + whole, statuses: [400] },
    {
      name: "two lengths",
      head: head("content-length: 5", `content-length: ${Buffer.byteLength(whole)}`) + whole,
      statuses: [400],
    },
    {
      name: "a length and chunks",
      head: head("content-length: 5", "transfer-encoding: chunked") + chunk(whole.slice(0, -2)) + "0\r\n\r\n",
      statuses: [400],
    },
    {
      name: "a gzip bomb",
      head: head("content-encoding: gzip", `content-length: ${bomb.length}`) + bomb,
      statuses: [400],
    },
    {
      name: "cut in the middle of an event",
      head: head(`content-length: ${Buffer.byteLength(whole)}`) + whole.slice(0, -30),
      isCut: true,
      statuses: [],
    },
    {
      name: "chunks, cut in the middle of an event",
      head: head("transfer-encoding: chunked") + chunk(whole.slice(0, -30)),
      isCut: true,
      statuses: [],
    },
  ];
}

/** Sends one bad body over a connection of its own. */
export function sendBad(
  port: number,
  { head, more, isTrickle, isCut }: BadBody,
  patienceMs = GIVEN_UP_MS,
): Promise<Met> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect({ port, host: "127.0.0.1" }).setEncoding("latin1");
    let text = "";
    let sent = head.length;
    const done = () => {
      clearTimeout(end);
      clearInterval(trickle);
      socket.destroy();
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({
        status: status === undefined ? undefined : Number(status),
        code: /"code":"(\w+)"/.exec(text)?.[1],
        sent,
        ms: performance.now() - startedAt,
      });
    };
    const end = setTimeout(done, isCut ? CUT_MS : patienceMs);
    const pump = () => {
      if (!more || isTrickle) return;
      while (!socket.destroyed && socket.writable) {
        sent += more.length;
        if (!socket.write(more)) return;
      }
    };
    const trickle = setInterval(() => {
      if (isTrickle && more && socket.writable) socket.write(more);
    }, 1_000);
    socket.on("connect", () => {
      socket.write(head, "latin1");
      pump();
    });
    socket.on("drain", pump);
    socket.on("data", (chunk: string) => {
      text += chunk;
      // The problem follows its headers at once.
      if (text.includes("\r\n\r\n")) setTimeout(done, 20);
    });
    socket.on("error", () => undefined);
    socket.on("close", done);
  });
}
