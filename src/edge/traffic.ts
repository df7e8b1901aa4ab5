import type { DayTraffic as Traffic } from "../core/budget/traffic-days.ts";

const NONE: Traffic = { measured: 0, unmeasured: 0 };
/** Decisions made in this isolate that their site has not been told of. */
const counts = new Map<string, Traffic>();

/** To be said once for each decision: reports tell which share of the traffic they do not see. */
export function noteDecision(site: string, isMeasured: boolean): void {
  const { measured, unmeasured } = counts.get(site) ?? NONE;
  counts.set(site, {
    measured: measured + (isMeasured ? 1 : 0),
    unmeasured: unmeasured + (isMeasured ? 0 : 1),
  });
}

/** Takes the count to report it. If the report fails, `putTrafficBack` is told. */
export function takeTraffic(site: string): Traffic {
  const taken = counts.get(site) ?? NONE;
  counts.delete(site);
  return taken;
}

export function putTrafficBack(site: string, taken: Traffic): void {
  const { measured, unmeasured } = counts.get(site) ?? NONE;
  counts.set(site, { measured: measured + taken.measured, unmeasured: unmeasured + taken.unmeasured });
}
