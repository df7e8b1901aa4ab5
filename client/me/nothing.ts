import type { MeRecord } from "./record.ts";

/** Whether the snippet keeps an id in this browser: without one there is nobody to ask about. */
export function carriesId(): boolean {
  try {
    return localStorage.getItem("concierge.visitor") !== null;
  } catch {
    return false;
  }
}

/** What stands on top where nothing is known. `canAsk`: there is a shop that could be asked. */
export function nothingText({ isAsking, isAsked }: MeRecord, canAsk: boolean): string {
  if (isAsking && !isAsked) return "Looking up what we know about you …";
  if (!canAsk) return "Nobody can be asked here now, so there is nothing to show.";
  if (carriesId() && isAsked)
    return "We keep something under this browser's number, but the browser cannot show that the number is its own. Let it be forgotten, and begin anew.";
  return "As far as this browser shows, we know nothing about you.";
}

/** What stands where the list of what is known would begin. */
export function emptyText({ known, isAsking, isAsked }: MeRecord): string {
  if (isAsking && !isAsked) return "One moment …";
  return known
    ? "Nothing but your choices on this page."
    : "Here stands what we keep about you, each with where it comes from, as soon as you let us keep anything.";
}
