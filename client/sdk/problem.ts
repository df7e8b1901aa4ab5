import type { ProblemCode } from "./wire.ts";

/** What can go wrong before the Worker has answered in its own words. */
export type LocalCode =
  /** Nothing answered: no network, no such host, a connection that broke. */
  | "unreachable"
  /** No answer within `timeoutMs`. */
  | "timed_out"
  /** Something else than the Worker answered: a proxy's page, say. */
  | "unintelligible";

type ToldProblem = {
  readonly code: ProblemCode | LocalCode;
  readonly status?: number;
  readonly title?: string;
  readonly detail: string;
  readonly pointer?: string | undefined;
  readonly shape?: string | undefined;
  readonly cure?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly page?: string | undefined;
};

/**
 * A refusal, as the Worker tells it (RFC 9457): `code` is stable and made for programs, `message` is made for whoever reads
 * the log and ends with the cure.
 * @example
 * try { await shop.customers.get({ id }) }
 * catch (error) { if (error instanceof ConciergeProblem && error.code === "customer_unknown") return null; throw error }
 */
export class ConciergeProblem extends Error {
  override readonly name = "ConciergeProblem";
  readonly code: ProblemCode | LocalCode;
  /** HTTP status; 0 where nothing answered. */
  readonly status: number;
  readonly detail: string;
  /** Place in the body that was sent (RFC 6901). @example "/events/3/items/0/price" */
  readonly pointer: string | undefined;
  /** What stood there: kind and size, never the content. */
  readonly shape: string | undefined;
  /** What to do about it. */
  readonly cure: string | undefined;
  /** When trying again makes sense, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Address of the page about this code. */
  readonly page: string | undefined;

  constructor(told: ToldProblem, options?: ErrorOptions) {
    const place = told.pointer ? ` (${told.pointer})` : "";
    super([`${told.code}${place}: ${told.detail}`, told.cure].filter(Boolean).join(" "), options);
    this.code = told.code;
    this.status = told.status ?? 0;
    this.detail = told.detail;
    this.pointer = told.pointer;
    this.shape = told.shape;
    this.cure = told.cure;
    this.retryAfterMs = told.retryAfterMs;
    this.page = told.page;
  }
}

/** Reads a refusal. Whatever it is that answered, something sensible comes out. */
export async function problemOf(response: Response, api: string): Promise<ConciergeProblem> {
  const { status } = response;
  const retryAfterMs = waitOf(response.headers.get("retry-after"));
  const text = await response.text().catch(() => "");
  const told = readProblem(text);
  if (told === undefined)
    return new ConciergeProblem({
      code: "unintelligible",
      status,
      retryAfterMs,
      detail: `${status} came without an explanation of ours; something else may have answered.`,
    });
  const { type, ...rest } = told;
  const page = typeof type === "string" && type.startsWith("/") ? `${api}${type}` : undefined;
  return new ConciergeProblem({ ...rest, status, retryAfterMs, page });
}

function readProblem(text: string): (ToldProblem & { readonly type?: unknown }) | undefined {
  try {
    const value = JSON.parse(text) as Partial<ToldProblem> | null;
    return typeof value?.code === "string" && typeof value.detail === "string"
      ? (value as ToldProblem)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds of a `Retry-After`: seconds, or a moment. @example waitOf("5") // 5000 */
export function waitOf(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
