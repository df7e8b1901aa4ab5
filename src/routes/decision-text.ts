import type { DecideAnswer, SlotAnswer } from "../core/wire/decide.ts";

const texts = new WeakMap<SlotAnswer, string>();

/**
 * A decision as JSON. What is decided for nobody in particular is given to many for a second, so a slot's answer that is one of
 * those is written once; whatever bears a token is one person's alone.
 */
export function decisionText({ decisionId, configRevision, slots, ...rest }: DecideAnswer): string {
  const all = slots.map((slot) => (slot.status === "contextual" ? textOf(slot) : JSON.stringify(slot)));
  const head = JSON.stringify({ decisionId, configRevision }).slice(0, -1);
  return `${head},"slots":[${all.join(",")}],${JSON.stringify(rest).slice(1)}`;
}

function textOf(slot: SlotAnswer): string {
  let text = texts.get(slot);
  if (text === undefined) texts.set(slot, (text = JSON.stringify(slot)));
  return text;
}
