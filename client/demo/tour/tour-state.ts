/** How far somebody is in the tour, on this device only; nothing as long as it was never begun. */
export type TourState = {
  /** Counted from 0. */
  readonly step: number;
  readonly isOpen: boolean;
  /** What a step has to remember over a change of page. */
  readonly memo?: string;
};
const KEY = "shop.tour";

export function readTour(): TourState | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "null") as TourState | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writeTour(state: TourState): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Without storage the tour lasts as long as its page.
  }
}
