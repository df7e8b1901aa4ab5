import type { Card } from "../../card/card.ts";
import { isCustomer } from "../accumulator.ts";
import { MEASURES, standingOf, type Encoder } from "./encoder.ts";

/** What the people of a cluster are like, in sums. */
export type Profile = {
  people: number;
  buyers: number;
  /** Sums of shares of interest, by kind. */
  readonly kinds: number[];
  /** People by source. */
  readonly sources: number[];
  /** Sums of standard deviations, by measure. */
  readonly measures: number[];
};

export const newProfile = ({ kinds, sources }: Encoder): Profile => ({
  people: 0,
  buyers: 0,
  kinds: kinds.map(() => 0),
  sources: sources.map(() => 0),
  measures: MEASURES.map(() => 0),
});

/** Counts one more person. */
export function addToProfile(profile: Profile, encoder: Encoder, card: Card, today: number): void {
  profile.people++;
  if (isCustomer(card)) profile.buyers++;
  for (const [type, share] of card.types ?? []) {
    const at = encoder.kinds.indexOf(type);
    if (at >= 0) profile.kinds[at]! += share;
  }
  const source = card.source === undefined ? -1 : encoder.sources.indexOf(card.source);
  if (source >= 0) profile.sources[source]!++;
  standingOf(encoder, card, today).forEach((x, i) => (profile.measures[i]! += x));
}
