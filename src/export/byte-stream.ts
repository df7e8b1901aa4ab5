/** Rows as they come: a few at a time, the next only when asked for. */
export type Batches<R> = AsyncIterable<readonly R[]> | Iterable<readonly R[]>;

/**
 * A stream that makes a piece only when its reader asks for one, so that a slow reader keeps nothing in memory but what it
 * has not taken yet. A reader that goes away ends the source: its `finally` runs. A fault of the source breaks the stream
 * off, so that nobody takes half a file for a whole one.
 */
export function byteStream(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
