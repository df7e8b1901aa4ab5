/** What the clients know of an event id, and what they were told. */
const SENT = 1;
const ACKNOWLEDGED = 2;
const REFUSED = 4;
/** Found in storage when all was over. */
const STORED = 8;
/** Found where a merge left it behind. */
const LEFT = 16;

type Series = { readonly person: number; marks: Uint8Array };

/**
 * Remembers every event that was sent and what was answered, outside of the server: a byte per event. Ids are a series'
 * name, a dash and a counter; a series belongs to one person.
 */
export class Witness {
  readonly #series = new Map<string, Series>();
  sent = 0;
  acknowledged = 0;
  resent = 0;
  refused = new Map<string, number>();
  /** Contradictions that the answers alone show. @example "accepted twice: k3f9a0c2m1xz-17" */
  readonly contradictions: string[] = [];

  open(name: string, person: number): void {
    this.#series.set(name, { person, marks: new Uint8Array(64) });
  }

  /** Notes that an id goes out, before it does. */
  sends(id: string): void {
    const { series, n } = this.#find(id)!;
    if (n >= series.marks.length) {
      const wider = new Uint8Array(Math.max(n + 1, series.marks.length * 2));
      wider.set(series.marks);
      series.marks = wider;
    }
    if ((series.marks[n]! & SENT) === 0) this.sent++;
    series.marks[n]! |= SENT;
  }

  /** Notes an answer for an id. */
  hears(id: string, status: string, code: string | undefined): void {
    const { series, n } = this.#find(id)!;
    const known = series.marks[n]!;
    if (status === "rejected") {
      series.marks[n]! |= REFUSED;
      this.refused.set(code ?? "?", (this.refused.get(code ?? "?") ?? 0) + 1);
      return;
    }
    if (status === "accepted" && (known & ACKNOWLEDGED) !== 0) this.contradicts(`accepted twice: ${id}`);
    if (status === "duplicate" && (known & REFUSED) !== 0 && (known & ACKNOWLEDGED) === 0)
      this.contradicts(`refused, then told to be known: ${id}`);
    if ((known & ACKNOWLEDGED) === 0) this.acknowledged++;
    series.marks[n]! |= ACKNOWLEDGED;
  }

  contradicts(what: string): void {
    this.contradictions.push(what);
  }

  /** Whose an id is; `undefined`: nobody sent it. */
  personOf(id: string): number | undefined {
    const found = this.#find(id);
    return found && ((found.series.marks[found.n] ?? 0) & SENT) !== 0 ? found.series.person : undefined;
  }

  /** Notes that an id was found in storage. @returns whether it was found before */
  finds(id: string, isLeftBehind: boolean): boolean {
    const { series, n } = this.#find(id)!;
    const bit = isLeftBehind ? LEFT : STORED;
    const isRepeated = (series.marks[n]! & bit) !== 0;
    series.marks[n]! |= bit;
    return isRepeated;
  }

  /** Every id that was sent: whose it is, what was answered, and whether it was found. */
  *all(): Generator<{
    readonly id: string;
    readonly person: number;
    readonly isAcknowledged: boolean;
    readonly isRefused: boolean;
    readonly isStored: boolean;
    readonly isLeftBehind: boolean;
  }> {
    for (const [name, { person, marks }] of this.#series)
      for (const [n, mark] of marks.entries())
        if ((mark & SENT) !== 0)
          yield {
            id: `${name}-${n}`,
            person,
            isAcknowledged: (mark & ACKNOWLEDGED) !== 0,
            isRefused: (mark & REFUSED) !== 0,
            isStored: (mark & STORED) !== 0,
            isLeftBehind: (mark & LEFT) !== 0,
          };
  }

  #find(id: string): { readonly series: Series; readonly n: number } | undefined {
    const dash = id.lastIndexOf("-");
    const series = this.#series.get(id.slice(0, dash));
    return series && { series, n: Number(id.slice(dash + 1)) };
  }
}
