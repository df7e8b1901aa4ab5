import type { DecideAnswer } from "../../src/core/wire/decide.ts";

/** One request this browser made to Concierge, as it was sent. */
export type Sent = {
  readonly at: number;
  readonly path: string;
  readonly body: unknown;
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

function note(sent: Sent): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([sent, ...sentSoFar()].slice(0, SENT_MAX)));
  } catch {
    // Storage is full or forbidden: the shop goes on, the account page shows less.
  }
  document.dispatchEvent(new Event("shop:sent"));
}

/** Told of every answer to a decision. */
export type DecisionListener = (answer: DecideAnswer) => void;

/**
 * Watches what the snippet sends, so that the account page and the info chip show the requests themselves rather than
 * a story about them. Must run before the snippet.
 */
export function watchRequests(onDecision: DecisionListener): void {
  const send = window.fetch;
  window.fetch = async (input, init) => {
    const response = await send(input, init);
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.pathname.startsWith("/v1/") && typeof init?.body === "string" && init.method === "POST") {
      note({ at: Date.now(), path: url.pathname, body: parsed(init.body), status: response.status });
      if (url.pathname === "/v1/decide" && response.ok) {
        onDecision((await response.clone().json()) as DecideAnswer);
      }
    }
    return response;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
