import { useEffect, useRef } from "preact/hooks";
import { WORDS } from "../words/parts.ts";
import { Table } from "./table.tsx";

/** A row of values over the same places as the chart's `x`. */
export type Series = {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Ends of a range around each value, painted as a band. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
};

export type ChartProps = {
  /** Says what is to be seen. */
  readonly title: string;
  /** Moments (milliseconds), or names of places along the axis. */
  readonly x: readonly number[] | readonly string[];
  readonly xLabel: string;
  readonly series: readonly Series[];
  readonly kind?: "line" | "bars" | "floating";
  /** How a value is written, on the axis and in the table. */
  readonly format: (value: number) => string;
  /** How a place is written; without it names stay names and moments become days. */
  readonly formatX?: (x: number) => string;
  readonly height?: number;
  /** A line across at this value, e.g. nought. */
  readonly mark?: number;
};

/**
 * A chart with its table. `line` draws values over time with their ranges as bands; `bars` draws them from nought;
 * `floating` draws each bar from `low` to `high` (waterfalls). The library is loaded with the first chart; the table does
 * not wait for it.
 */
export function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const { title, x, xLabel, series, format } = props;
  const writeX = (index: number): string => {
    const at = x[index]!;
    if (typeof at === "string") return at;
    return props.formatX ? props.formatX(at) : new Date(at).toISOString().slice(0, 10);
  };
  useEffect(() => {
    let paint: { destroy(): void } | undefined;
    let isGone = false;
    const draw = (): void =>
      void import("./paint.ts").then(({ paintChart }) => {
        paint?.destroy();
        if (!isGone && place.current) paint = paintChart(place.current, props, writeX);
      });
    draw();
    addEventListener("concierge-theme", draw);
    return () => {
      isGone = true;
      removeEventListener("concierge-theme", draw);
      paint?.destroy();
    };
    // What is painted depends on the figures alone.
  }, [JSON.stringify([x, series, props.kind, props.mark])]);
  const hasRange = series.some(({ low }) => low);
  const write = (value: number | null | undefined): string =>
    value === null || value === undefined ? "–" : format(value);
  return (
    <figure class="chart">
      <div
        ref={place}
        class="chart-place"
        style={{ minHeight: `${props.height ?? 220}px` }}
        role="img"
        aria-label={WORDS.chartOf(title)}
      />
      {series.length > 1 && (
        <ul class="legend" aria-hidden="true">
          {series.map(({ label }, index) => (
            <li key={label} class={`series-${index % 6}`}>
              {label}
            </li>
          ))}
        </ul>
      )}
      <details class="chart-table">
        <summary>{WORDS.table}</summary>
        <Table
          label={title}
          rowKey={String}
          rows={x.map((_, index) => index)}
          columns={[
            { key: "x", label: xLabel, cell: writeX },
            ...series.map(({ label, values, low, high }, at) => ({
              key: String(at),
              label,
              isNumber: true,
              cell: (index: number) =>
                hasRange && low && high && props.kind !== "floating"
                  ? `${write(values[index])} (${WORDS.range(write(low[index]), write(high[index]))})`
                  : write(values[index]),
            })),
          ]}
        />
      </details>
    </figure>
  );
}
