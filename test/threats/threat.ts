import type { Edit } from "../crash/plants.ts";
import type { Stage } from "./stage.ts";

/** One defence switched off: texts of the product that are changed while it is bundled. */
export type Patch = {
  /** What is switched off, in a few words. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** What the server may reach where the attack tries the network's own rule. */
  readonly network?: Network;
};

/**
 * What the server's own requests reach: a stand-in that answers for the whole internet, the public internet by the
 * server's own default, or this machine's networks too.
 */
export type Network = "stand-in" | "public" | "any";

export type Outcome = {
  readonly breached: boolean;
  /** What got through first, or what was tried in vain. */
  readonly note: string;
  /** Parts of the defence that were looked for and are not there. They are told, and fail nothing. */
  readonly gaps: readonly string[];
};

/** An attack, and the defences against it: it has to fail with all of them, and to succeed without any one. */
export type Threat = {
  readonly id: `T${number}`;
  readonly title: string;
  readonly off: readonly Patch[];
  /** A server of its own also with all defences: the attack stops it, reads its files or needs another setting. */
  readonly ground?: Ground;
  attack(stage: Stage): Promise<Outcome>;
};

export type Ground = {
  readonly network?: Network;
  readonly settings?: Readonly<Record<string, string>>;
};

/** Ends an attack at its first success, where a defence is off: more would prove nothing more. */
export class GotThrough extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.note);
    this.outcome = outcome;
  }
}

/** Keeps count of what was tried, what got through, and what is missing. */
export class Tries {
  readonly #isControl: boolean;
  #tries = 0;
  readonly #through: string[] = [];
  readonly #gaps: string[] = [];

  constructor({ patch }: { readonly patch: Patch | undefined }) {
    this.#isControl = patch !== undefined;
  }

  /** One try. @throws GotThrough when it was not held and a defence is off */
  held(isHeld: boolean, what: string): void {
    this.#tries++;
    if (isHeld) return;
    this.#through.push(what);
    if (this.#isControl) throw new GotThrough(this.outcome(what));
  }

  /** A part of the defence that is not there. */
  gap(what: string): void {
    this.#gaps.push(what);
  }

  outcome(tried: string): Outcome {
    const [first] = this.#through;
    const note = first === undefined ? `${this.#tries} tries in vain: ${tried}` : first;
    return { breached: first !== undefined, note, gaps: this.#gaps };
  }
}

/** Something without which an attack proves nothing. @throws where it does not hold */
export function must(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(`The ground of the attack is not as it should be: ${what}`);
}
