/**
 * Runs pieces of work strictly one after the other, also where they wait for other objects: while one waits, calls that
 * arrive run in between. A piece that fails does not stop those behind it.
 */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
