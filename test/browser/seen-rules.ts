/** Where a slot stands on the page of `pages/scroll.html`, and how high the window is, in px. */
export const PLACE = 1000;
export const WINDOW = 600;

/** Whether a slot of that height counts as seen by who stops at `depth`, px scrolled. */
export type SeenRule = (depth: number, height: number) => boolean;

/** The product's rule: the top edge of the slot is in the window. What the slot holds has no say. */
export const byPlace: SeenRule = (depth) => {
  const top = PLACE - depth;
  return top >= 0 && top <= WINDOW;
};

/** The planted rule: half of the slot, or more than half of the window. */
export const byContent: SeenRule = (depth, height) => {
  const top = PLACE - depth;
  const visible = Math.min(top + height, WINDOW) - Math.max(top, 0);
  if (visible < 0) return false;
  return (height === 0 ? 1 : visible / height) >= 0.5 || visible > WINDOW / 2;
};

/** What was seen in each arm: name of the arm, and the names of the walks that counted. */
export type SeenByArm = ReadonlyMap<string, ReadonlySet<string>>;

/** The check itself: walks that counted in some arms and not in others. Empty where exposure owes nothing to the arm. */
export function walksThatDiffer(seen: SeenByArm): string[] {
  const arms = [...seen.values()];
  const walks = new Set(arms.flatMap((walks) => [...walks]));
  return [...walks].filter((walk) => arms.some((counted) => !counted.has(walk))).sort();
}
