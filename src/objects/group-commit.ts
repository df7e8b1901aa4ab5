type Waiting<T, R> = { readonly item: T; resolve(result: R): void; reject(error: unknown): void };

/**
 * Gathers the calls of a few milliseconds and commits them together: a commit costs a flush to disk however much is in
 * it, and many customers report at once. Nobody is answered before the commit; when it fails, all are told and send
 * again.
 */
export class GroupCommit<T, R> {
  readonly #commit: (items: readonly T[]) => readonly R[];
  readonly #waitMs: number;
  #waiting: Waiting<T, R>[] = [];

  constructor(waitMs: number, commit: (items: readonly T[]) => readonly R[]) {
    this.#waitMs = waitMs;
    this.#commit = commit;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ item, resolve, reject }) === 1) setTimeout(() => this.#flush(), this.#waitMs);
    });
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      const results = this.#commit(group.map((one) => one.item));
      group.forEach((one, i) => one.resolve(results[i]!));
    } catch (error) {
      for (const one of group) one.reject(error);
    }
  }
}
