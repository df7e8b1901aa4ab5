import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import { PROFILE_LIMITS, type Profile, type TouchKind } from "./profile.ts";

/** Puts a touch where it belongs in time; events may arrive in any order. */
export function remember(profile: Profile, item: ItemId, kind: TouchKind, at: EpochMs): void {
  const { recent } = profile;
  let place = recent.length;
  while (place > 0 && recent[place - 1]!.at > at) place--;
  recent.splice(place, 0, { item, kind, at });
  if (recent.length > PROFILE_LIMITS.recent) recent.shift();
}
