import { refusalAtDoor } from "../edge/budget.ts";
import { add, observe } from "../http/metrics.ts";
import { codeOf, problemOfError, problemResponse } from "../http/problem.ts";
import { traceOf, traceResponse } from "../http/trace.ts";
import type { Closing, RouteContext } from "./route.ts";
import { TABLE } from "./table.ts";

/** Slower than this is told even where requests are not. */
const SLOW_MS = 1_000;

/** What pages may call. A platform's own webhooks come from few networks, and in any number. */
const OF_PAGES = new Set(
  TABLE.filter(({ callers }) => typeof callers === "object" && callers.includes("page")).map(
    ({ path }) => path,
  ),
);

/**
 * Answers a request under watch, or refuses it where its network floods: counts it, names its trace in the answer, and tells it in one line of JSON. All requests
 * are told where `LOG_REQUESTS` is 1, a share of them where it is less; without it those that failed here or took longer
 * than a second. A line names route, site and role, never a person, an address or anything of the body. A Worker's clock
 * moves only while it waits, so `ms` is mostly waiting, not CPU.
 * @param route the pattern from the table; paths are endless, and may name somebody
 */
export async function watch(
  c: RouteContext,
  route: string,
  work: () => Response | Promise<Response>,
): Promise<Response> {
  const startedAt = Date.now();
  const trace = traceOf(c.req.header("traceparent"));
  const { method } = c.req;
  let response: Response;
  let fault: string | undefined;
  let isClosed = false;
  const closing = (): Closing => ({
    traceresponse: traceResponse(trace),
    "server-timing": `total;dur=${Date.now() - startedAt}`,
  });
  c.set("closing", () => {
    isClosed = true;
    return closing();
  });
  try {
    const refusal = OF_PAGES.has(route) ? refusalAtDoor(c.env, c.req.raw, startedAt) : undefined;
    response = refusal ? problemResponse(refusal) : await work();
  } catch (error) {
    fault = String(error);
    isClosed = false;
    response = problemResponse(problemOfError(error));
  }
  const ms = Date.now() - startedAt;
  const { status } = response;
  const code = codeOf(response);
  add("concierge_requests", { method, route, class: `${Math.floor(status / 100)}xx` });
  if (code) add("concierge_problems", { code });
  observe("concierge_request_seconds", { route }, ms / 1000);
  if (!isClosed) {
    const told = closing();
    response.headers.set("traceresponse", told.traceresponse);
    response.headers.append("server-timing", told["server-timing"]);
  }
  const share = Number(c.env.LOG_REQUESTS ?? 0);
  if (status < 500 && ms < SLOW_MS && !(share > 0 && Math.random() < share)) return response;
  const access = c.get("access");
  console.log(
    JSON.stringify({
      at: "request",
      trace: trace.traceId,
      span: trace.spanId,
      parent: trace.parentId,
      method,
      route,
      status,
      code,
      fault,
      ms,
      site: access?.siteId,
      role: access?.role,
    }),
  );
  return response;
}
