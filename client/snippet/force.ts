import { isDebug } from "./log.ts";

/** Variations to look at, from `concierge_force=experiment:variation,…` in the address of a debugged page; else absent. */
export const force = isDebug
  ? Object.fromEntries(
      (new URLSearchParams(location.search).get("concierge_force") ?? "")
        .split(",")
        .map((pair) => pair.split(":")),
    )
  : undefined;
