import type { DecideAnswer } from "../../src/core/wire/decide.ts";

/** One request this browser made to Concierge, as it was sent. */
export type Sent = {
  readonly at: number;
  readonly path: string;
  readonly body: unknown;
  /** HTTP status; 0: no answer was heard. */
  readonly status: number;
};

const KEY = "shop.sent";
/** Requests kept for the account page, in this tab only. */
const SENT_MAX = 30;

/** What this tab sent, newest first. */
export function sentSoFar(): Sent[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as Sent[];
  } catch {
    return [];
  }
}

function keep(all: readonly Sent[]): void {
  try {
    if (all.length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(all.slice(0, SENT_MAX)));
  } catch {
    // Storage is full or forbidden: the shop goes on, the account page shows less.
  }
  document.dispatchEvent(new Event("shop:sent"));
}

/** Notes a request before it leaves: the answer to a page's last one comes when the page is gone. */
function note(path: string, body: string): Sent {
  // To the microsecond, so that no two requests share a moment.
  const at = performance.timeOrigin + performance.now();
  const sent: Sent = { at, path, body: parsed(body), status: 0 };
  keep([sent, ...sentSoFar()]);
  return sent;
}

const noteAnswer = (sent: Sent, status: number): void =>
  keep(sentSoFar().map((one) => (one.at === sent.at ? { ...one, status } : one)));

/** Told of every answer to a decision, and how many milliseconds it took. */
export type DecisionListener = (answer: DecideAnswer, tookMs: number) => void;

/** The path of a request to Concierge; `undefined` for everything else a page fetches. */
function pathOf(input: string | URL | Request): string | undefined {
  const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
  return pathname.startsWith("/v1/") ? pathname : undefined;
}

/**
 * Watches what the snippet sends, so that the account page and the info chip show the requests themselves rather than
 * a story about them. Must run before the snippet.
 */
export function watchRequests(onDecision: DecisionListener): void {
  const send = window.fetch;
  window.fetch = async (input, init) => {
    const path = init?.method === "POST" ? pathOf(input) : undefined;
    if (path === undefined || typeof init?.body !== "string") return send(input, init);
    const sent = note(path, init.body);
    const response = await send(input, init);
    const tookMs = performance.timeOrigin + performance.now() - sent.at;
    void response
      .clone()
      .json()
      .catch(() => undefined)
      .then((answer) => {
        if (path === "/v1/decide" && response.ok && answer) onDecision(answer as DecideAnswer, tookMs);
        // In a task of its own: by then the snippet has read the answer too, and kept or forgotten its id.
        setTimeout(() => {
          noteAnswer(sent, response.status);
          document.dispatchEvent(new CustomEvent("shop:answered", { detail: path }));
        });
      });
    return response;
  };
  // What a browser without `keepalive` sends as it leaves a page; nobody hears the answer.
  const beacon = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (url, data) => {
    const path = pathOf(url);
    if (path !== undefined && typeof data === "string") note(path, data);
    return beacon(url, data);
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
