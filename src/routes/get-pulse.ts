import { DAY_MS } from "../core/primitives/time.ts";
import { proportionInterval } from "../core/stats/proportion-interval.ts";
import { ledgerOf } from "./get-experiment.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

const DAYS = 30;

/**
 * `GET /v1/pulse`: how the shop's personalization does, day by day for a month: decisions, events, orders, revenue; each
 * slot's looks and clicks; what the model has learned; how far behind the books are. Sums of those who agreed to analytics; only
 * `decisions.unmeasured` counts the others.
 */
export async function getPulse(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { world, ids } = access.site;
  const ledger = ledgerOf(c, access);
  const [traffic, daily, slotRows, lag, model] = await Promise.all([
    siteStub(c.env, access.siteId).then((stub) => stub.traffic()),
    ledger.tallies("daily"),
    ledger.tallies("slot"),
    ledger.lag(),
    c.env.MODEL.get(c.env.MODEL.idFromString(ids.model)).status(),
  ]);
  const today = Math.floor(Date.now() / DAY_MS);
  const days = Array.from({ length: DAYS }, (_, index) => today - DAYS + 1 + index);
  const isRecent = (day: string): boolean => Number(day) > today - DAYS;
  const byDay = new Map<string, { events: number; orders: number; revenue: Record<string, number> }>();
  for (const { name, part, metric, value } of daily) {
    if (!isRecent(name)) continue;
    const sums = byDay.get(name) ?? { events: 0, orders: 0, revenue: {} };
    if (metric === "events") sums.events += value;
    if (metric === "orders") sums.orders += value;
    if (metric === "revenue" || metric === "refunded")
      sums.revenue[part] = (sums.revenue[part] ?? 0) + (metric === "revenue" ? value : -value);
    byDay.set(name, sums);
  }
  return answer({
    days: days.map((day) => ({
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      decisions: traffic[day] ?? { measured: 0, unmeasured: 0 },
      ...(byDay.get(String(day)) ?? { events: 0, orders: 0, revenue: {} }),
    })),
    slots: slotsOf(slotRows.filter(({ part }) => isRecent(part))),
    model: {
      items: world.model.items.length,
      catalogItems: world.catalog.items.length,
      coverage:
        world.catalog.items.length > 0
          ? Math.min(1, world.model.items.length / world.catalog.items.length)
          : 0,
      learnedVersion: model.version,
      servedVersion: world.model.version,
      logRows: model.rows,
      ...(model.lagMs === undefined ? {} : { lagMs: model.lagMs }),
    },
    ledger: lag,
  });
}

type Row = { readonly name: string; readonly part: string; readonly metric: string; readonly value: number };

/** Looks and clicks of each slot, the most seen first, with the range its click rate may lie in. */
function slotsOf(rows: readonly Row[]): object[] {
  const slots = new Map<string, { seen: number; clicks: number }>();
  for (const { name, metric, value } of rows) {
    const sums = slots.get(name) ?? { seen: 0, clicks: 0 };
    if (metric === "seen") sums.seen += value;
    if (metric === "clicks") sums.clicks += value;
    slots.set(name, sums);
  }
  return [...slots]
    .sort(([, one], [, other]) => other.seen - one.seen)
    .map(([slot, { seen, clicks }]) => ({
      slot,
      seen,
      clicks,
      // A slot may be clicked twice in one look.
      clickRate:
        seen > 0
          ? { estimate: Math.min(1, clicks / seen), ...proportionInterval(Math.min(clicks, seen), seen) }
          : null,
    }));
}
