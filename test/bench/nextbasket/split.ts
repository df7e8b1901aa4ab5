import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** One customer: the orders known, oldest first, and the one to be foretold. */
export type Shopper = {
  readonly id: string;
  readonly orders: readonly (readonly string[])[];
  readonly next: readonly string[];
};

export type Split = { readonly all: readonly Shopper[]; readonly asked: readonly Shopper[] };

/** What a person can mend: the bench says it and ends with code 2. */
export class BadInput extends Error {}

/** Text of a file; `.gz` comes out unpacked. */
export function textOf(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new BadInput(
      `${path} cannot be read (${(error as Error).message}). Name a readable JSON or .json.gz file.`,
    );
  }
}

type Texts = { readonly history: string; readonly future: string; readonly keyset?: string | undefined };

/**
 * Customers in the format of the next-basket literature: `{user: [[-1], basket, …, [-1]]}` twice, and a keyset that
 * names the users asked about. Without a keyset all with a future are asked.
 */
export function splitOf({ history, future, keyset }: Texts, part: "val" | "test"): Split {
  const past = basketsByUser("history", history);
  const coming = basketsByUser("future", future);
  const all = [...past].map(([id, orders]) => ({ id, orders, next: coming.get(id)?.[0] ?? [] }));
  const named = keyset === undefined ? undefined : usersOf(keyset, part);
  const asked = all.filter(({ id, next }) => next.length > 0 && (!named || named.has(id)));
  if (asked.length === 0)
    throw new BadInput("No user of the history is asked about. Give files that speak of the same users.");
  return { all, asked };
}

function basketsByUser(name: string, text: string): Map<string, string[][]> {
  const users = parsed(name, text);
  return new Map(
    Object.entries(users).map(([user, baskets]) => {
      if (!Array.isArray(baskets) || !baskets.every(Array.isArray))
        throw new BadInput(
          `The ${name} file is no {user: [[item, …], …]}: user ${user}. Give baskets as lists.`,
        );
      const real = (baskets as unknown[][]).map((basket) => [
        ...new Set(basket.filter((item) => item !== -1).map(String)),
      ]);
      return [user, real.filter((basket) => basket.length > 0)];
    }),
  );
}

function usersOf(text: string, part: "val" | "test"): ReadonlySet<string> {
  const users = parsed("keyset", text)[part];
  if (!Array.isArray(users))
    throw new BadInput(
      `The keyset file has no list "${part}". Add it, or leave --keyset out to ask about everybody.`,
    );
  return new Set(users.map(String));
}

function parsed(name: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new BadInput(`The ${name} file is not a JSON object. Give {user: [[item, …], …]}.`);
}
