import { isOperators } from "../segment/operators.ts";

/** An attribute that must hold one of some texts for a condition to be true. */
export type TextNeed = { readonly path: string; readonly anyOf: readonly string[] };

/**
 * What a condition cannot be true without, as far as it is a text that some attribute has to equal: a way to find the few rules
 * that may hold now among thousands. Says less than the condition does, never more: whoever has the text is still asked all of it.
 * @example textNeeds({ "page.type": "product", "cart.total": { $gt: 5 } }) // [{ path: "page.type", anyOf: ["product"] }]
 * @example textNeeds({ $or: [{ market: "at" }, { market: "de" }] }) // []
 */
export function textNeeds(condition: unknown): TextNeed[] {
  if (typeof condition !== "object" || condition === null || Array.isArray(condition)) return [];
  return Object.entries(condition).flatMap(([path, operand]: [string, unknown]) => {
    if (path === "$and") return Array.isArray(operand) ? operand.flatMap(textNeeds) : [];
    if (path.startsWith("$")) return [];
    const anyOf = textsOf(operand);
    return anyOf ? [{ path, anyOf }] : [];
  });
}

function textsOf(operand: unknown): readonly string[] | undefined {
  if (typeof operand === "string") return [operand];
  if (typeof operand !== "object" || operand === null) return undefined;
  if (!isOperators(operand)) return undefined;
  const { $eq: only, $in: list } = operand;
  if (typeof only === "string") return [only];
  return Array.isArray(list) && list.every((one) => typeof one === "string") ? list : undefined;
}
