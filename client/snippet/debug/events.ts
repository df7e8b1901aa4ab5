import type { LogEntry } from "../log.ts";
import { at, listOf, read } from "./element.ts";

/** One event and what became of it. */
export type EventLine = {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly t: number;
  readonly event: unknown;
  /** `left`: it came from a page before this one. */
  readonly origin: "seen" | "left";
  state: "waiting" | "dropped" | "sent" | "accepted" | "duplicate" | "rejected";
  /** Why it was rejected, or what it was not used for. */
  detail?: string;
};

const idOf = (event: unknown): string | undefined => {
  const id = at(event, "id");
  return typeof id === "string" ? id : undefined;
};

/** An event without what sending adds to it. */
const bare = (event: unknown): string =>
  JSON.stringify({ ...(event as object), id: undefined, at: undefined });

/** Follows every event through the log: seen, sent, answered. Reads each line of the log once. */
export class EventTrail {
  readonly lines: EventLine[] = [];
  readonly #byId = new Map<string, EventLine>();
  /** Events under way, by request, the oldest first. */
  readonly #flights = new Map<string, (EventLine | undefined)[][]>();

  /** Takes a line of the log. `isRefused`: the visitor has said no, so what is seen now is dropped at once. */
  take({ t, kind, data }: LogEntry, isRefused: boolean): void {
    const [what, path = ""] = kind.split(" ");
    if (kind === "event") {
      const isWithdrawal = at(data, "type") === "consent_updated";
      const state = isRefused && !isWithdrawal ? "dropped" : "waiting";
      this.lines.push({ key: `e${this.lines.length}`, t, event: data, origin: "seen", state });
    } else if (what === "send") this.#send(t, path, listOf(at(read(data), "events")));
    else if (what === "answer") this.#answer(path, data);
  }

  /** A no drops everything that waits. */
  refuse(): void {
    for (const line of this.lines)
      if (line.state === "waiting" && at(line.event, "type") !== "consent_updated") line.state = "dropped";
  }

  #send(t: number, path: string, events: readonly unknown[]): void {
    const flight = events.map((event) => {
      const id = idOf(event);
      let line = id === undefined ? undefined : this.#byId.get(id);
      line ??= this.lines.find((one) => one.state === "waiting" && bare(one.event) === bare(event));
      if (!line) {
        line = { key: `e${this.lines.length}`, t, event, origin: "left", state: "sent" };
        this.lines.push(line);
      }
      line.state = "sent";
      if (id !== undefined) this.#byId.set(id, line);
      return line;
    });
    this.#flights.set(path, [...(this.#flights.get(path) ?? []), flight]);
  }

  #answer(path: string, answer: unknown): void {
    const answers = listOf(at(answer, "events"));
    const flights = this.#flights.get(path) ?? [];
    const mine = (flight: readonly (EventLine | undefined)[]): boolean =>
      answers.length > 0
        ? flight.some((line) => line && answers.some((one) => this.#byId.get(idOf(one) ?? "") === line))
        : true;
    const place = Math.max(0, flights.findIndex(mine));
    const [flight = []] = flights.splice(place, 1);
    const code = at(answer, "code");
    flight.forEach((line, index) => {
      if (!line) return;
      const own = answers.find((one) => this.#byId.get(idOf(one) ?? "") === line) ?? answers[index];
      const status = at(own, "status");
      if (status === "accepted" || status === "duplicate" || status === "rejected") {
        line.state = status;
        const withheld = listOf(at(own, "withheld")).join(", ");
        const detail = String(at(own, "detail") ?? at(own, "pointer") ?? "");
        const words = [at(own, "code"), detail].filter(Boolean).join(": ");
        line.detail = words || (withheld && `not used for ${withheld}`);
      } else if (code) line.detail = `the request was refused: ${String(code)}`;
    });
  }
}
