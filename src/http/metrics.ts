/**
 * What this isolate has counted since it began. On one machine that is the whole server; on Cloudflare each isolate counts
 * for itself, and a scraper sums. Labels come from our own tables (routes, codes, states), never from a request, so
 * their number is bounded.
 */
type Histogram = { readonly buckets: Uint32Array; sumS: number; count: number };

/** Upper ends in seconds. What follows the last is in `+Inf`. */
const ENDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

type Labels = Readonly<Record<string, string>>;
type Series<T> = { readonly name: string; readonly labels: Labels; value: T };

/** By name and values: the text of a series is made when it is asked for, not at each request. */
const counters = new Map<string, Series<number>>();
const histograms = new Map<string, Series<Histogram>>();
const startedAt = Date.now();

function keyOf(name: string, labels: Labels): string {
  let key = name;
  for (const label in labels) key += `\n${labels[label]}`;
  return key;
}

const labelled = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, "_")}"`)
    .join(",");

/** Adds to a counter. @param name without the `_total` that its sample carries */
export function add(name: string, labels: Labels, amount = 1): void {
  const key = keyOf(name, labels);
  const known = counters.get(key);
  if (known) known.value += amount;
  else counters.set(key, { name, labels, value: amount });
}

/** Notes how long something took. */
export function observe(name: string, labels: Labels, seconds: number): void {
  const key = keyOf(name, labels);
  let series = histograms.get(key);
  if (!series) {
    series = { name, labels, value: { buckets: new Uint32Array(ENDS_S.length + 1), sumS: 0, count: 0 } };
    histograms.set(key, series);
  }
  const { value } = series;
  let place = 0;
  while (place < ENDS_S.length && seconds > ENDS_S[place]!) place++;
  value.buckets[place]!++;
  value.sumS += seconds;
  value.count++;
}

/** A value as it is now. */
export type Gauge = { readonly name: string; readonly labels?: Labels; readonly value: number };

const HELP: Readonly<Record<string, readonly [type: string, help: string]>> = {
  concierge_requests: ["counter", "Requests by route and class of status."],
  concierge_problems: ["counter", "Refusals by code."],
  concierge_slots: ["counter", "Slots answered, by status."],
  concierge_events: ["counter", "Events sent, by what became of them."],
  concierge_request_seconds: ["histogram", "Time to answer, by route."],
  concierge_uptime_seconds: ["gauge", "Age of this isolate."],
  concierge_sites: ["gauge", "Sites this isolate knows at the moment."],
  concierge_sites_bytes: ["gauge", "Memory that they take, roughly."],
  concierge_outbox_lag_seconds: [
    "gauge",
    "From acceptance to being counted in the ledger, by site and quantile.",
  ],
  concierge_erasures_owed: ["gauge", "Erasures whose last step is still to come, by site."],
};

/**
 * Everything counted, as OpenMetrics 1.0 text.
 * @param gauges what is asked anew at each scrape
 */
export function expose(gauges: readonly Gauge[]): string {
  const all = [{ name: "concierge_uptime_seconds", value: (Date.now() - startedAt) / 1000 }, ...gauges];
  const lines: string[] = [];
  for (const [name, [type, help]] of Object.entries(HELP)) {
    const found =
      type === "counter"
        ? [...counters.values()]
            .filter((series) => series.name === name)
            .map(({ labels, value }) => `${name}_total{${labelled(labels)}} ${value}`)
        : type === "histogram"
          ? [...histograms.values()].filter((series) => series.name === name).flatMap(linesOf)
          : all
              .filter((gauge) => gauge.name === name)
              .map(({ labels, value }) => `${name}${labels ? `{${labelled(labels)}}` : ""} ${value}`);
    if (found.length > 0) lines.push(`# TYPE ${name} ${type}`, `# HELP ${name} ${help}`, ...found);
  }
  return `${lines.join("\n")}\n# EOF\n`;
}

function linesOf({ name, labels: of, value }: Series<Histogram>): string[] {
  const labels = labelled(of);
  const { buckets, sumS, count } = value;
  let sum = 0;
  const ends = [...ENDS_S.map(String), "+Inf"];
  return [
    ...ends.map((end, place) => `${name}_bucket{${labels},le="${end}"} ${(sum += buckets[place]!)}`),
    `${name}_sum{${labels}} ${Number(sumS.toFixed(6))}`,
    `${name}_count{${labels}} ${count}`,
  ];
}
