// Names through which every object leads to shared machinery. As a step of a path they are always missing, even where
// JSON text made an own property of that name.
const NEVER_READ = new Set(["__proto__", "constructor", "prototype"]);

/**
 * A reader of one place in a bag of attributes. Only own properties count; whatever is missing is `null`.
 * Places of an array are reached by number.
 * @example attributeReader("cart.total")({ cart: { total: 5 } }) // 5
 * @example attributeReader("cart.total")({ cart: 5 }) // null
 */
export function attributeReader(path: string): (root: unknown) => unknown {
  const steps = path.split(".");
  if (steps.some((step) => NEVER_READ.has(step))) return () => null;
  if (steps.length === 1) return (root) => step(root, path);
  return (root) => {
    let current = root;
    for (let i = 0; i < steps.length && current !== null; i++) current = step(current, steps[i]!);
    return current;
  };
}

function step(from: unknown, name: string): unknown {
  if (typeof from !== "object" || from === null || !Object.hasOwn(from, name)) return null;
  return (from as { readonly [key: string]: unknown })[name] ?? null;
}
