import { CARD_BITS } from "../card/card.ts";
import type { Accumulator } from "./accumulator.ts";
import { mayTell, PEOPLE_MIN, WITHHELD, type Withheld } from "./withhold.ts";

/** How many of the people the site knows agreed to what, now. */
export type ConsentShares = {
  readonly people: number | Withheld;
  readonly purposes: readonly { readonly purpose: string; readonly people: number | Withheld }[];
};

const BITS = Object.entries(CARD_BITS);

/**
 * Counts grants over everybody with a card: whoever agreed to nothing and bought nothing has none. A number is withheld where it, or the rest
 * of all, is about one to four people.
 */
export function gatherConsent(): Accumulator<ConsentShares> {
  let people = 0;
  const counts = BITS.map(() => 0);
  return {
    add({ may }) {
      people++;
      BITS.forEach(([, bit], i) => {
        if ((may & bit) !== 0) counts[i]!++;
      });
    },
    finish: () => ({
      people: people === 0 || people >= PEOPLE_MIN ? people : WITHHELD,
      purposes: BITS.map(([purpose], i) => {
        const count = counts[i]!;
        return { purpose, people: people === 0 || count === 0 || mayTell(count, people) ? count : WITHHELD };
      }),
    }),
  };
}
