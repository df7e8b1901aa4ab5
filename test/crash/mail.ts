import type { Line } from "./line.ts";
import type { Person } from "./person.ts";
import type { Witness } from "./witness.ts";

/** A body that is sent until it is answered, each time the very same text. */
export type Letter = {
  readonly person: Person;
  readonly path: string;
  readonly text: string;
  /** A server's key; a page's stands in the body. */
  readonly key?: string | undefined;
  /** Ids of the events in it. */
  readonly ids: readonly string[];
};

type EventAnswer = { readonly id?: string; readonly status: string; readonly code?: string };
export type Answered = { readonly events?: readonly EventAnswer[] } & Readonly<Record<string, unknown>>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends letters as a browser's queue does: again and again until one is answered, over however many restarts. */
export class Mail {
  readonly #line: Line;
  readonly #witness: Witness;
  /** Answers 5xx and refused connections, by status; 0 is no answer at all. */
  readonly faults = new Map<number, number>();
  /** Called at every acknowledgement. */
  onAnswer: () => void = () => undefined;
  isOver = false;
  /** Files that were taken in. */
  files = 0;

  constructor(line: Line, witness: Witness) {
    this.#line = line;
    this.#witness = witness;
  }

  /** @returns the answer, or `undefined` when sending was given up because everything is over */
  async deliver(letter: Letter): Promise<Answered | undefined> {
    for (const id of letter.ids) this.#witness.sends(id);
    while (!this.isOver) {
      const reply = await this.#line.send("POST", letter.path, letter.text, letter.key);
      const status = reply?.status ?? 0;
      if (reply && status < 300) {
        this.onAnswer();
        const answer = reply.body as Answered;
        this.#hear(letter, answer.events ?? []);
        return answer;
      }
      this.faults.set(status, (this.faults.get(status) ?? 0) + 1);
      if (status >= 400 && status < 500 && status !== 429) {
        const { code } = (reply?.body ?? {}) as { code?: string };
        for (const id of letter.ids) this.#witness.hears(id, "rejected", code ?? String(status));
        if (code !== "erased" || letter.person.erasure === "none")
          this.#witness.contradicts(`${letter.path} answered ${status} ${code}`);
        return undefined;
      }
      await pause(status === 429 ? 400 : 60 + Math.random() * 80);
    }
    return undefined;
  }

  /**
   * Hands in a file until it is taken in for good. What is in it reaches its customers later, but is as good as
   * acknowledged from then on.
   */
  async handIn(path: string, file: string, key: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#witness.sends(id);
    while (!this.isOver) {
      const reply = await this.#line.send("POST", path, file, key, "application/x-ndjson");
      const { status } = (reply?.body ?? {}) as { status?: unknown };
      if (reply && reply.status < 300) {
        this.onAnswer();
        this.files++;
        if (status === "committing" || status === "done")
          for (const id of ids) this.#witness.hears(id, "accepted", undefined);
        else
          this.#witness.contradicts(
            `a file is ${String(status)}: ${JSON.stringify(reply.body).slice(0, 300)}`,
          );
        return;
      }
      this.faults.set(reply?.status ?? 0, (this.faults.get(reply?.status ?? 0) ?? 0) + 1);
      if (reply && reply.status < 500)
        return this.#witness.contradicts(`a file was answered ${reply.status}`);
      await pause(60 + Math.random() * 80);
    }
  }

  /** Asks until there is an answer, for what has no events in it. @returns whether it was done */
  async request(method: string, path: string, key: string): Promise<boolean> {
    while (!this.isOver) {
      const reply = await this.#line.send(method, path, undefined, key);
      if (reply && reply.status < 300) return true;
      const status = reply?.status ?? 0;
      this.faults.set(status, (this.faults.get(status) ?? 0) + 1);
      if (status >= 400 && status < 500 && status !== 429) {
        this.#witness.contradicts(`${method} ${path} answered ${status}`);
        return false;
      }
      await pause(60 + Math.random() * 80);
    }
    return false;
  }

  #hear(letter: Letter, answers: readonly EventAnswer[]): void {
    if (answers.length !== letter.ids.length && letter.ids.length > 0)
      this.#witness.contradicts(`${letter.ids.length} events, ${answers.length} answers`);
    answers.forEach((answer, i) => {
      const id = letter.ids[i];
      if (id === undefined) return;
      if (answer.id !== id) this.#witness.contradicts(`${id} was answered as ${answer.id}`);
      else this.#witness.hears(id, answer.status, answer.code);
    });
  }
}
