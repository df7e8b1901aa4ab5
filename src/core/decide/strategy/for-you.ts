import { viewedWith } from "./also-viewed.ts";
import { buyAgain } from "./buy-again.ts";
import type { Strategy } from "./strategy.ts";

/** What this person's own recent looks lead to, after what they are about to need again. Nothing without a past. */
export const forYou: Strategy = {
  name: "for_you",
  propose(ask) {
    const { scene } = ask;
    const due = buyAgain.propose(ask);
    const dueOrdinals = new Set(due.map((one) => one.ordinal));
    const viewed = viewedWith(ask, scene.recent.length > 0 ? scene.recent : scene.cart).filter(
      (one) => !dueOrdinals.has(one.ordinal),
    );
    const lead = viewed[0]?.score ?? 0;
    return [...due.map((one) => ({ ...one, score: lead + one.score })), ...viewed].slice(0, ask.limit);
  },
};
