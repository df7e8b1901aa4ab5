import { PEOPLE_MIN, WITHHELD } from "../core/insight/withhold.ts";
import { DAY_MS } from "../core/primitives/time.ts";
import { ledgerOf } from "./get-experiment.ts";
import { admit, answer, type RouteContext } from "./route.ts";

const DAYS = 30;

/**
 * `GET /v1/triggers`: each trigger of the config with how often it fired in the last 30 days, and why it did not where its
 * moment had come. Only people who agreed to analytics are counted.
 */
export async function getTriggers(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const tallies = await ledgerOf(c, access).tallies("trigger");
  const since = Math.floor(Date.now() / DAY_MS) - DAYS;
  const sums = new Map<string, Record<string, number>>();
  for (const { name, part, metric, value } of tallies) {
    if (Number(part) < since) continue;
    const of = sums.get(name) ?? {};
    of[metric] = (of[metric] ?? 0) + value;
    sums.set(name, of);
  }
  return answer({
    days: DAYS,
    triggers: access.site.world.config.config.triggers.map(({ id, title, enabled, on, purpose }) => {
      const { fired = 0, ...lapsed } = sums.get(id) ?? {};
      const told = (count: number) => (count === 0 || count >= PEOPLE_MIN ? count : WITHHELD);
      return {
        id,
        title: title ?? id,
        isEnabled: enabled !== false,
        when: on.when,
        purpose,
        fired: told(fired),
        lapsed: Object.fromEntries(Object.entries(lapsed).map(([why, count]) => [why, told(count)])),
      };
    }),
  });
}
