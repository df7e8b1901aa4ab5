/**
 * Numbers at which the answer to a test over a number can change: between two numbers that have no mark between them, nor
 * are marks, the answer is the same. `undefined`: it can change anywhere (patterns, versions).
 * @example marksOf({ $gte: 2, $lt: 5 }) // [2, 5]
 */
export function marksOf(test: unknown): readonly number[] | undefined {
  if (typeof test === "boolean") return [0];
  if (typeof test === "number" || typeof test === "string") return numeric(test);
  // Numbers are equal to no list and no object.
  if (typeof test !== "object" || test === null || Array.isArray(test)) return [];
  const marks: number[] = [];
  for (const [operator, operand] of Object.entries(test)) {
    const found = ofOperator(operator, operand);
    if (found === undefined) return undefined;
    marks.push(...found);
  }
  return marks;
}

function ofOperator(operator: string, operand: unknown): readonly number[] | undefined {
  switch (operator) {
    case "$eq":
    case "$ne":
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return numeric(operand);
    case "$in":
    case "$nin":
    case "$ini":
    case "$nini":
      return Array.isArray(operand) ? operand.flatMap(numeric) : [];
    case "$not":
      return marksOf(operand);
    case "$exists":
    case "$type":
    case "$size":
    case "$all":
    case "$alli":
    case "$elemMatch":
      return []; // The same of every number.
    default:
      return operator.startsWith("$") ? undefined : [];
  }
}

/** What a text, a boolean or `null` is compared as. */
function numeric(value: unknown): readonly number[] {
  const number = typeof value === "object" && value !== null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? [number] : [];
}
