import { hasUnit, WORDS, type CharSet } from "./char-set.ts";
import type { Step } from "./program.ts";

const WORD = { ranges: WORDS, isNegated: false };
const isWordAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && hasUnit(WORD, text.charCodeAt(at), false);

/** Code units below this have a table each; the others are looked up in ranges. */
const ASCII = 0x80;

/** A program with what it asks of ASCII worked out: each eating step's answers, and which units can begin a match. */
export type Prepared = {
  readonly steps: readonly Step[];
  readonly foldsCase: boolean;
  /** By step; 1 for a unit that it eats. */
  readonly eats: readonly (Uint8Array | undefined)[];
  /** `undefined`: any, as an edge or the empty text may begin one. */
  readonly begins: Uint8Array | undefined;
};

/** Works out a program once. */
export function prepareProgram(steps: readonly Step[], foldsCase: boolean): Prepared {
  // A repeated part is written out many times; its set is one.
  const tables = new Map<CharSet, Uint8Array>();
  const tableOf = (set: CharSet): Uint8Array => {
    const known = tables.get(set);
    if (known !== undefined) return known;
    const made = new Uint8Array(ASCII);
    for (let unit = 0; unit < ASCII; unit++) made[unit] = hasUnit(set, unit, foldsCase) ? 1 : 0;
    tables.set(set, made);
    return made;
  };
  const eats = steps.map((step) => (step.op === "eat" ? tableOf(step.set) : undefined));
  return { steps, foldsCase, eats, begins: beginsOf(steps, eats) };
}

function beginsOf(steps: readonly Step[], eats: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const begins = new Uint8Array(ASCII);
  const pending = [0];
  const seen = new Set<number>();
  for (let i = pending.pop(); i !== undefined; i = pending.pop()) {
    if (seen.has(i)) continue;
    seen.add(i);
    const step = steps[i]!;
    if (step.op === "edge" || step.op === "done") return undefined;
    if (step.op === "jump") pending.push(step.to);
    else if (step.op === "fork") pending.push(step.first, step.second);
    else for (let unit = 0; unit < ASCII; unit++) begins[unit]! |= eats[i]![unit]!;
  }
  return begins;
}

/**
 * Whether a program matches anywhere in a text. All ways are followed at once, each step at most once per place, so the
 * time is at most the number of steps times the length of the text, whatever the pattern.
 * Source: K. Thompson, "Regular Expression Search Algorithm", CACM 11(6), 1968.
 */
export function findsMatch({ steps, foldsCase, eats, begins }: Prepared, text: string): boolean {
  // The place at which a step was last reached; every way that leads to it is followed once per place.
  const reached = new Int32Array(steps.length).fill(-1);
  const pending: number[] = [];
  let eaters: number[] = [];
  let next: number[] = [];

  /** Follows a step to the ones that eat; true when the end of the program is among them. */
  const reach = (from: number, at: number, into: number[]): boolean => {
    pending.push(from);
    for (let i = pending.pop(); i !== undefined; i = pending.pop()) {
      if (reached[i] === at) continue;
      reached[i] = at;
      const step = steps[i]!;
      switch (step.op) {
        case "done":
          return true;
        case "eat":
          into.push(i);
          break;
        case "jump":
          pending.push(step.to);
          break;
        case "fork":
          pending.push(step.second, step.first);
          break;
        case "edge":
          if (isAtEdge(step.at, text, at)) pending.push(i + 1);
      }
    }
    return false;
  };

  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isAscii = unit < ASCII;
    const mayBegin = begins === undefined || !isAscii || begins[unit] === 1;
    if (mayBegin && reach(0, at, eaters)) return true;
    next.length = 0;
    for (const i of eaters) {
      const step = steps[i] as Extract<Step, { op: "eat" }>;
      const isEaten = isAscii ? eats[i]![unit] === 1 : hasUnit(step.set, unit, foldsCase);
      if (isEaten && reach(i + 1, at + 1, next)) return true;
    }
    [eaters, next] = [next, eaters];
  }
  // The end of the text is a place too: an edge or the empty text may match there.
  return begins === undefined && reach(0, text.length, eaters);
}

function isAtEdge(edge: Extract<Step, { op: "edge" }>["at"], text: string, at: number): boolean {
  if (edge === "start") return at === 0;
  if (edge === "end") return at === text.length;
  return (isWordAt(text, at - 1) !== isWordAt(text, at)) === (edge === "word");
}
