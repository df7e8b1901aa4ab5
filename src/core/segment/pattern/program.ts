import type { CharSet } from "./char-set.ts";
import { PATTERN_LIMITS, PatternDefect, type Node } from "./syntax.ts";

/** One step: eat a code unit, look at an edge, go two ways, go on elsewhere, or be done. */
export type Step =
  | { readonly op: "eat"; readonly set: CharSet }
  | { readonly op: "edge"; readonly at: "start" | "end" | "word" | "notWord" }
  | { readonly op: "fork"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "done" };

/**
 * Writes a tree out as steps, repetitions included (Thompson's construction). Throws a PatternDefect where that takes
 * more steps than the limit; the size is known before anything is written.
 */
export function programOf(tree: Node): readonly Step[] {
  if (sizeOf(tree) + 1 > PATTERN_LIMITS.stepsMax)
    throw new PatternDefect(`a pattern with fewer repetitions: at most ${PATTERN_LIMITS.stepsMax} steps`);
  const steps: Step[] = [];
  write(tree, steps);
  steps.push({ op: "done" });
  return steps;
}

function sizeOf(node: Node): number {
  switch (node.type) {
    case "set":
    case "edge":
      return 1;
    case "sequence":
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    case "either":
      return node.parts.reduce((sum, part) => sum + sizeOf(part) + 2, -2);
    case "repeat": {
      const { min, max } = node;
      // Even an empty part takes time to repeat.
      const size = Math.max(1, sizeOf(node.part));
      const optional = max === Number.POSITIVE_INFINITY ? size + 2 : (max - min) * (size + 1);
      return min * size + optional;
    }
  }
}

function write(node: Node, steps: Step[]): void {
  switch (node.type) {
    case "set":
      steps.push({ op: "eat", set: node.set });
      return;
    case "edge":
      steps.push({ op: "edge", at: node.at });
      return;
    case "sequence":
      for (const part of node.parts) write(part, steps);
      return;
    case "either":
      writeEither(node.parts, steps);
      return;
    case "repeat":
      writeRepeat(node, steps);
  }
}

function writeEither(parts: readonly Node[], steps: Step[]): void {
  const ends: { op: "jump"; to: number }[] = [];
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1) {
      write(part, steps);
      break;
    }
    const fork = { op: "fork" as const, first: steps.length + 1, second: 0 };
    steps.push(fork);
    write(part, steps);
    const end = { op: "jump" as const, to: 0 };
    ends.push(end);
    steps.push(end);
    fork.second = steps.length;
  }
  for (const end of ends) end.to = steps.length;
}

function writeRepeat({ part, min, max }: Extract<Node, { type: "repeat" }>, steps: Step[]): void {
  for (let i = 0; i < min; i++) write(part, steps);
  if (max === Number.POSITIVE_INFINITY) {
    const at = steps.length;
    const fork = { op: "fork" as const, first: at + 1, second: 0 };
    steps.push(fork);
    write(part, steps);
    steps.push({ op: "jump", to: at });
    fork.second = steps.length;
    return;
  }
  const forks: { op: "fork"; first: number; second: number }[] = [];
  for (let i = min; i < max; i++) {
    const fork = { op: "fork" as const, first: steps.length + 1, second: 0 };
    forks.push(fork);
    steps.push(fork);
    write(part, steps);
  }
  for (const fork of forks) fork.second = steps.length;
}
