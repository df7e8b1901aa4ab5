/** Operators that a count, a sum or a number of days may be asked with. All are about numbers. */
const COMPARISONS = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"] as const;
const LISTS = ["$in", "$nin"] as const;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** Why `is` is no question about a number, as what was expected; `undefined` when it is one. */
export function valueTestDefect(is: unknown): string | undefined {
  const expected =
    'a number, or a test such as {"$gte": 2} (also $eq, $ne, $gt, $lt, $lte, $in, $nin, $not, $exists)';
  if (isNumber(is)) return undefined;
  if (typeof is !== "object" || is === null || Array.isArray(is) || Object.keys(is).length === 0)
    return expected;
  for (const [operator, operand] of Object.entries(is)) {
    const isFine =
      operator === "$exists"
        ? typeof operand === "boolean"
        : operator === "$not"
          ? !isNumber(operand) && valueTestDefect(operand) === undefined
          : (LISTS as readonly string[]).includes(operator)
            ? Array.isArray(operand) && operand.length > 0 && operand.every(isNumber)
            : (COMPARISONS as readonly string[]).includes(operator) && isNumber(operand);
    if (!isFine) return expected;
  }
  return undefined;
}

/** Whether a test asks somewhere if there is a number at all. */
export function asksExistence(is: unknown): boolean {
  if (typeof is !== "object" || is === null) return false;
  return Object.entries(is).some(([operator, operand]) => operator === "$exists" || asksExistence(operand));
}

/**
 * The test as the evaluator understands it. Where there may be no number at all (nobody who never bought has days since),
 * only `{"$exists": false}` holds: everywhere else in the language a missing value compares as 0, and "bought within 30
 * days" would hold for whoever never did.
 */
export function presentTest(is: unknown): unknown {
  if (asksExistence(is)) return is;
  return typeof is === "number" ? { $exists: true, $eq: is } : { $exists: true, ...(is as object) };
}
