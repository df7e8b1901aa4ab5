/** A site's keys, as they are told once when it is made. */
export type SiteKeys = {
  readonly siteId: string;
  readonly origin: string;
  readonly adminKey: string;
  readonly serverKey: string;
  readonly writeKey: string;
};

export type Call = {
  readonly method?: string;
  readonly key?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** One JSON exchange with a server. Throws what the problem says to do, when there is one. */
export async function call<T = unknown>(
  url: string,
  { method, key, type = "application/json", headers, body }: Call = {},
): Promise<T> {
  const reply = await fetch(url, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(body === undefined ? {} : { "content-type": type }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  if (reply.ok) return JSON.parse(text) as T;
  let problem: { detail?: string; cure?: string } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    // Not ours: a proxy's page, say. The status tells enough.
  }
  throw new Error(
    `${new URL(url).pathname} answered ${reply.status}. ${problem.detail ?? text.slice(0, 200)} ${problem.cure ?? ""}`.trim(),
  );
}
