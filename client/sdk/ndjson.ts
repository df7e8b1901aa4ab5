/** A file as it arrives: its bytes, or its rows. Either may be read, once. */
export type Table = {
  /** Media type. @example "application/x-ndjson" */
  readonly type: string;
  readonly body: ReadableStream<Uint8Array>;
  /** Where the next file begins, to be given as `after`; absent on the last. */
  readonly next: string | undefined;
  /** The rows of a file of JSON lines, one after another, however large it is. */
  rows<Row = Readonly<Record<string, unknown>>>(): AsyncGenerator<Row, void, undefined>;
};

/** Rows as a body of JSON lines, made while it is sent. @example shop.imports.stage(jsonLines(orders()), { kind: "orders" }) */
export function jsonLines(rows: Iterable<object> | AsyncIterable<object>): ReadableStream<Uint8Array> {
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await source.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    async cancel() {
      await source.return?.();
    },
  });
}

/** Reads JSON lines from bytes as they come. */
export async function* readLines<Row>(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<Row, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split("\n");
      rest = done ? "" : lines.pop()!;
      for (const line of lines) if (line.trim() !== "") yield JSON.parse(line) as Row;
      if (done) return;
    }
  } finally {
    // Whoever stops in the middle wants no more of it.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The rows of all files of a table, one file after another.
 * @example for await (const row of everyRow((after) => shop.export({ kind: "events", ...after }))) …
 */
export async function* everyRow<Row = Readonly<Record<string, unknown>>>(
  ask: (after: { readonly after?: string }) => Promise<Table>,
): AsyncGenerator<Row, void, undefined> {
  let next: string | undefined;
  do {
    const table = await ask(next === undefined ? {} : { after: next });
    yield* table.rows<Row>();
    next = table.next;
  } while (next !== undefined);
}

/** The file that a response is. */
export function tableOf(response: Response): Table {
  const body = response.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
  return {
    type: response.headers.get("content-type") ?? "application/octet-stream",
    body,
    next: response.headers.get("concierge-next") ?? undefined,
    rows: <Row>() => readLines<Row>(body),
  };
}
