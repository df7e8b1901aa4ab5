import type { MappedEvent } from "../core/import/mapper.ts";
import type { Money } from "../core/primitives/money.ts";

/** What a shop system's webhook comes to: whose it is, and what happened; or why there is nothing to keep. */
export type HookReading =
  | {
      readonly customerId?: string;
      readonly visitorId?: string;
      readonly events: readonly MappedEvent[];
    }
  | { readonly ignored: string }
  /** The platform asks to erase a customer. */
  | { readonly erase: string }
  /** The platform asks for something that a person has to do. */
  | { readonly request: string };

/** A difference of two amounts that is never below zero. */
export const minus = (from: Money, ...parts: readonly (Money | undefined)[]): Money => ({
  ...from,
  minor: Math.max(
    0,
    parts.reduce((minor, part) => minor - (part?.minor ?? 0), from.minor),
  ),
});

/** The sum of amounts in one currency; `undefined` where one is missing. */
export function plus(amounts: readonly (Money | undefined)[], currency: string): Money | undefined {
  let minor = 0;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    minor += amount.minor;
  }
  return { minor, currency };
}
