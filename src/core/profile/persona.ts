import * as v from "valibot";
import { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import { viewOfNobody, type View } from "./view.ts";

/** Somebody invented, to look at decisions with: nobody real, and nothing of it is kept. */
export const Persona = v.strictObject({
  /** What they looked at, the latest last. */
  viewed: v.optional(v.pipe(v.array(ItemId), v.maxLength(20))),
  cart: v.optional(v.pipe(v.array(ItemId), v.maxLength(20))),
  traits: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.maxLength(64)),
        v.union([v.pipe(v.string(), v.maxLength(256)), v.number(), v.boolean()]),
      ),
      v.check((traits) => Object.keys(traits).length <= 20, "at most 20 traits"),
    ),
  ),
});
export type Persona = v.InferOutput<typeof Persona>;

/** What a decision may read of an invented person: they allow personalization, and are not measured. */
export function viewOfPersona({ viewed = [], cart = [], traits = {} }: Persona, now: EpochMs): View {
  const view = viewOfNobody(
    {
      recent: viewed.map((item, i) => ({ item, kind: "view", at: now - 1000 * (viewed.length - i) })),
      cart: new Map(cart.map((item) => [item, { quantity: 1, at: now }])),
      traits: new Map(
        Object.entries(traits).map(([name, value]) => [
          name,
          { value, at: now, source: "preview", isOwnWord: false },
        ]),
      ),
    },
    ["personalization"],
    now,
  );
  if (!view) throw new Error("an invented person permits what they are asked");
  return view;
}
