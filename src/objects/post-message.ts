import { publicUrlDefect } from "../core/primitives/public-url.ts";

/** How long a receiver may take to answer, and how much of its answer is read. */
const ANSWER_MS_MAX = 20_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/** What came of posting a message once. */
export type Posted = {
  /** `gone`: the receiver wants no more of this (410). `unsafe`: the address may not be sent to. */
  readonly kind: "delivered" | "failed" | "gone" | "unsafe";
  /** @example "answered 503" */
  readonly reason: string;
  readonly ms: number;
};

/**
 * Posts a message to a receiver once. Never throws. Redirects are failures: the address was checked, where it leads was not;
 * and it is checked again now, by today's rule.
 */
export async function postMessage(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Posted> {
  const startedAt = Date.now();
  const posted = (kind: Posted["kind"], reason: string): Posted => ({
    kind,
    reason,
    ms: Date.now() - startedAt,
  });
  const defect = publicUrlDefect(url);
  if (defect !== undefined) return posted("unsafe", `not sent: the address is ${defect}`);
  // A timer of our own, since one that cannot be stopped keeps the whole object awake until it ends.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_MS_MAX);
  try {
    const reply = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "user-agent": "Concierge-Webhooks/1.0", ...headers },
      redirect: "manual",
      signal: patience.signal,
    });
    await hearOut(reply);
    if (reply.status === 410) return posted("gone", "answered 410");
    if (reply.status >= 300 && reply.status < 400) return posted("failed", `redirected (${reply.status})`);
    return posted(reply.ok ? "delivered" : "failed", `answered ${reply.status}`);
  } catch {
    const isLate = patience.signal.aborted;
    return posted("failed", isLate ? `no answer within ${ANSWER_MS_MAX / 1000} s` : "could not be reached");
  } finally {
    clearTimeout(timer);
  }
}

/** Reads an answer's body so that its connection can be used again, and hangs up on an endless one. */
async function hearOut(reply: Response): Promise<void> {
  const reader = reply.body?.getReader();
  if (!reader) return;
  try {
    for (let length = 0; length < ANSWER_BYTES_MAX;) {
      const { done, value } = await reader.read();
      if (done) return;
      length += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The status is known: what became of the rest of the answer changes nothing.
  }
}
