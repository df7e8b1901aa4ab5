import { ConciergeProblem, problemOf } from "./problem.ts";
import { pause, pauseBefore } from "./retry.ts";
import type { TextBody } from "./wire.ts";

/** How to reach a deployment, and how patient to be. */
export type ClientSettings = {
  /** Where the Worker is. @example "https://edge.example" */
  readonly api: string;
  /** `pk_…` in pages, `sk_…` on the shop's server, `ak_…` for people, the operator's key for who runs the deployment. */
  readonly key?: string | undefined;
  /** ms until an answer has to be there; of a file, its beginning. 10,000 unless said. */
  readonly timeoutMs?: number;
  /** How often a request is sent again that may be sent again. 2 unless said. */
  readonly retries?: number;
  /** Instead of the platform's own. */
  readonly fetch?: typeof fetch;
  /** Chance within [0, 1), for pauses. */
  readonly random?: () => number;
  /** Whether cookies travel: pages on another host need `"include"` for `me`. The platform's default unless said. */
  readonly credentials?: RequestCredentials;
};

/** What one call may say for itself. */
export type CallOptions = {
  readonly signal?: AbortSignal | undefined;
  /** ms, instead of the client's own. */
  readonly timeoutMs?: number | undefined;
};

/** A request, ready to be sent any number of times. */
export type Outgoing = CallOptions & {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: TextBody | undefined;
  /** Sent twice it does what it does once. */
  readonly isRepeatable: boolean;
  /** Cookies stay at home, whatever the client is set to. */
  readonly isAnonymous: boolean;
  /** The answer is read after the call has ended. */
  readonly isFile: boolean;
};

/**
 * Sends a request until it is answered, refused for good, or given up, and reads the answer.
 * @param read reads an answer within the time limit; what it throws as `ConciergeProblem` may be tried again
 */
export async function send<T>(
  settings: ClientSettings,
  request: Outgoing,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { retries = 2, random = Math.random } = settings;
  // A stream is gone once it was sent.
  const triesMax = request.isRepeatable && !(request.body instanceof ReadableStream) ? 1 + retries : 1;
  for (let tries = 1; ; tries++) {
    try {
      return await sendOnce(settings, request, read);
    } catch (error) {
      if (!(error instanceof ConciergeProblem) || tries >= triesMax) throw error;
      const wait = pauseBefore(tries, error, random());
      if (wait === undefined) throw error;
      await pause(wait, request.signal);
    }
  }
}

async function sendOnce<T>(
  { api, timeoutMs: patience = 10_000, fetch: ask = globalThis.fetch, credentials }: ClientSettings,
  { method, url, headers, body, signal, timeoutMs = patience, isAnonymous, isFile }: Outgoing,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const control = new AbortController();
  const cookies = isAnonymous ? "omit" : credentials;
  const giveUp = () => control.abort(signal!.reason);
  signal?.addEventListener("abort", giveUp, { once: true });
  const timer = setTimeout(() => control.abort(TIMED_OUT), timeoutMs);
  try {
    const response = await ask(url, {
      method,
      headers,
      signal: control.signal,
      ...(cookies ? { credentials: cookies } : {}),
      ...(body === undefined ? {} : { body }),
      // The platforms ask for it where a body is a stream.
      ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
    });
    if (response.status >= 400) throw await problemOf(response, api);
    return await read(response);
  } catch (error) {
    if (signal?.aborted) throw signal.reason as Error;
    if (control.signal.reason === TIMED_OUT)
      throw new ConciergeProblem(
        { code: "timed_out", detail: `No answer within ${timeoutMs} ms.` },
        { cause: error },
      );
    if (error instanceof ConciergeProblem) throw error;
    throw new ConciergeProblem(
      { code: "unreachable", detail: `${api} cannot be reached from here: ${String(error)}.` },
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    // A file is still being read: who gives up then ends that too.
    if (!isFile) signal?.removeEventListener("abort", giveUp);
  }
}

const TIMED_OUT = new Error("No answer in time.");
