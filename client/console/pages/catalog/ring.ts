import type { ListName } from "../../../../src/core/insight/catalog/lists.ts";
import type { ItemAnswer } from "./answers.ts";

/** A neighbour in the picture: in its strongest list, and where it stands. */
export type Node = {
  readonly id: string;
  readonly title: string;
  readonly list: ListName;
  readonly strength: number;
  readonly x: number;
  readonly y: number;
  readonly isBlocked: boolean;
};

/** Room for names beside and above the ring. */
const SIDE = 66;
const ABOVE = 48;

/** Lists that the picture takes from in turn; the others say much the same as these. */
const SHOWN: readonly ListName[] = ["goes_with", "viewed_with", "better", "alike"];

/** The strongest of each list in turn, each item once, set on an ellipse: clockwise from the top, strongest first. */
export function ringOf(
  { lists }: ItemAnswer,
  { width, height, most }: { readonly width: number; readonly height: number; readonly most: number },
): Node[] {
  const queues = SHOWN.map((name) => ({
    name,
    items: [...(lists.find(({ list }) => list === name)?.items ?? [])],
  }));
  const taken = new Map<string, Omit<Node, "x" | "y">>();
  while (taken.size < most && queues.some(({ items }) => items.length > 0)) {
    for (const { name, items } of queues) {
      let next = items.shift();
      while (next && taken.has(next.id)) next = items.shift();
      if (!next || taken.size >= most) continue;
      const { id, title, strength, obstacle } = next;
      taken.set(id, { id, title, list: name, strength, isBlocked: obstacle !== undefined });
    }
  }
  const nodes = [...taken.values()].sort(
    (a, b) => SHOWN.indexOf(a.list) - SHOWN.indexOf(b.list) || b.strength - a.strength,
  );
  return nodes.map((node, place) => {
    const angle = (place / nodes.length) * 2 * Math.PI - Math.PI / 2;
    return {
      ...node,
      x: width / 2 + Math.cos(angle) * (width / 2 - SIDE),
      y: height / 2 + Math.sin(angle) * (height / 2 - ABOVE),
    };
  });
}

/**
 * A title in at most two lines of a picture, cut where it is longer.
 * @example linesOf("Globe smart bulb E27, 806 lm", 14) // ["Globe smart", "bulb E27, 806…"]
 */
export function linesOf(title: string, length: number): readonly string[] {
  const lines: string[] = [""];
  for (const word of title.split(/\s+/)) {
    const line = lines.at(-1)!;
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length <= length || line === "") lines[lines.length - 1] = next;
    else lines.push(word);
  }
  const cut = (line: string, more: boolean): string => {
    const characters = [...line];
    return characters.length > length || more ? `${characters.slice(0, length - 1).join("")}…` : line;
  };
  return lines.slice(0, 2).map((line, place) => cut(line, place === 1 && lines.length > 2));
}
