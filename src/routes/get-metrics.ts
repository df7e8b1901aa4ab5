import { knownSites, sitesInMemory } from "../edge/site-entry.ts";
import { expose, type Gauge } from "../http/metrics.ts";
import type { RouteContext } from "./route.ts";

/** Sites whose lag is asked for at a scrape. Others are counted with the rest, and asked for by their own owners. */
const SITES_MAX = 20;
const PATIENCE_MS = 1_000;

/** `GET /metrics`: what this isolate counted, and how far the ledgers of the sites it serves are behind. OpenMetrics text. */
export async function getMetrics(c: RouteContext): Promise<Response> {
  const sites = knownSites();
  const lags = await Promise.all(
    sites.slice(0, SITES_MAX).map(async ({ site, ids }): Promise<readonly Gauge[]> => {
      const lag = c.env.LEDGER.get(c.env.LEDGER.idFromString(ids.ledger)).lag();
      // A ledger that does not answer must not hide how the others are.
      const told = await Promise.race([lag.catch(() => undefined), scheduler.wait(PATIENCE_MS)]);
      if (!told) return [];
      const of = (quantile: string, ms: number): Gauge => ({
        name: "concierge_outbox_lag_seconds",
        labels: { site: site.id, quantile },
        value: ms / 1000,
      });
      return [
        of("0.5", told.p50Ms),
        of("0.99", told.p99Ms),
        { name: "concierge_erasures_owed", labels: { site: site.id }, value: told.owed },
      ];
    }),
  );
  const memory = [
    { name: "concierge_sites", value: sites.length },
    { name: "concierge_sites_bytes", value: sitesInMemory().bytes },
  ];
  const text = expose([...memory, ...lags.flat()]);
  return new Response(text, {
    headers: {
      "content-type": "application/openmetrics-text; version=1.0.0; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}
