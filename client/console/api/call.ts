import { WORDS } from "../words/parts.ts";
import { Refusal } from "./refusal.ts";

/** What a call may say beside its path. */
export type Call = {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

const TIMEOUT_MS = 30_000;
let key: string | undefined;

/** From now on calls are made with this key. It is held in this tab only, and never in a cookie. */
export function useKey(next: string | undefined): void {
  key = next;
}

/** Calls the API and answers the response; a refusal is thrown. */
export async function send(
  path: string,
  { method = "GET", body, headers, signal }: Call = {},
): Promise<Response> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "omit",
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(0, limit.aborted ? WORDS.tooSlow : WORDS.unreachable);
  }
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => undefined);
  throw new Refusal(
    response.status,
    typeof problem === "object" && problem ? { ...problem } : WORDS.unexplained,
  );
}

/**
 * Calls the API and reads its JSON.
 * @example const { revisions } = await call<Revisions>("/v1/config/revisions")
 */
export async function call<T>(path: string, options?: Call): Promise<T> {
  const response = await send(path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
