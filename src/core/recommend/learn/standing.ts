/** What one label has shown of itself so far, as far as it decides how much its acts count for others. */
export type Standing = {
  /** Under which label it supports what it does; 0 until it is known. Pages of one network share one. */
  label: number;
  /** Number of its first session; another one since is a life of its own. */
  readonly bornIn: number;
  hasReturned: boolean;
  /** The network it was last counted for, and whether that had sent too many newcomers by then. */
  network: number;
  isOfCrowd: boolean;
  /** Days on which it bought, the last of them, and whether that one was a later day than the first. */
  buyingDays: number;
  lastBuyingDay: number;
};

export const newStanding = (session: number): Standing => ({
  label: 0,
  bornIn: session,
  hasReturned: false,
  network: 0,
  isOfCrowd: false,
  buyingDays: 0,
  lastBuyingDay: -1,
});

/** Notes a day of buying. @returns how many there were before it */
export function noteBuyingDay(standing: Standing, day: number): number {
  const isSame = standing.lastBuyingDay === day;
  const before = standing.buyingDays - (isSame ? 1 : 0);
  if (!isSame) {
    standing.buyingDays += 1;
    standing.lastBuyingDay = day;
  }
  return before;
}
