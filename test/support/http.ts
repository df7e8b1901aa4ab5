/** One JSON exchange with a server; throws on anything but 2xx, with the problem it answered. */
export async function exchange<T>(
  url: string,
  init: { method?: string; key?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<T> {
  const reply = await fetch(url, {
    method: init.method ?? (init.body === undefined ? "GET" : "POST"),
    headers: { ...(init.key === undefined ? {} : { authorization: `Bearer ${init.key}` }), ...init.headers },
    ...(init.body === undefined
      ? {}
      : { body: typeof init.body === "string" ? init.body : JSON.stringify(init.body) }),
  });
  const text = await reply.text();
  if (!reply.ok)
    throw new Error(
      `${init.method ?? ""} ${new URL(url).pathname} answered ${reply.status}: ${text.slice(0, 500)}`,
    );
  return JSON.parse(text) as T;
}

/** Runs work on every item with so many hands at once, starting in order. */
export async function withHands<T>(
  items: Iterable<T>,
  hands: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let started = 0;
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value, started++);
    }),
  );
}
