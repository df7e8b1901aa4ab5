import type { KnownDocument, TimelineEntry } from "../../../../src/core/customer/known.ts";
import type { Score } from "../../../../src/core/value/score.ts";
import type { PickedItem } from "../../../../src/core/wire/decide.ts";

/** A customer as an associate may see them. */
export type Customer = {
  readonly customerId: string;
  readonly known: KnownDocument;
  readonly timeline: readonly TimelineEntry[];
  readonly segments: readonly {
    readonly id: string;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  readonly value:
    | (Score & { readonly clvRange: { readonly lowMinor: number; readonly highMinor: number } | null })
    | null;
  readonly lifeEvents: readonly { readonly label: string; readonly since: number }[];
  readonly affinities: { readonly sentence: string | null } | null;
  readonly offers: readonly PickedItem[];
};

/** One of those who are worth most. */
export type Best = Pick<Score, "currency" | "clvMinor" | "expectedOrders" | "churn" | "revenueMinor"> & {
  readonly customerId: string;
};

/**
 * The id in what somebody pasted: an id as it is, or the subject of an identity token (a JWT). The token is only read, not
 * believed: what may be seen is the server's to say.
 * @example idIn("c-77") // "c-77"
 */
export function idIn(text: string): string {
  const wanted = text.trim();
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(wanted)?.[1];
  if (payload === undefined) return wanted;
  try {
    const { sub } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as { sub?: unknown };
    return typeof sub === "string" ? sub : wanted;
  } catch {
    return wanted;
  }
}
