/** Of each kind of defect so many are told one by one. */
const TOLD_MAX = 5;

/** Gathers defects, and keeps a thousand of one kind from hiding one of another. */
export class Defects {
  readonly #kinds = new Map<string, string[]>();

  add(kind: string, what: string): void {
    const known = this.#kinds.get(kind);
    if (known) known.push(what);
    else this.#kinds.set(kind, [what]);
  }

  list(): string[] {
    return [...this.#kinds].flatMap(([kind, all]) => [
      ...all.slice(0, TOLD_MAX).map((what) => `${kind}: ${what}`),
      ...(all.length > TOLD_MAX ? [`${kind}: and ${all.length - TOLD_MAX} more`] : []),
    ]);
  }
}
