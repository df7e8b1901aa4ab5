import uPlot from "uplot";
import type { ChartProps } from "./chart.tsx";

/** Colours of the series, from the stylesheet: light and dark have their own. */
const colourOf = (index: number): string =>
  getComputedStyle(document.documentElement)
    .getPropertyValue(`--series-${index % 6}`)
    .trim();
const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const faint = (colour: string): string => `color-mix(in srgb, ${colour} 18%, transparent)`;

/** Paints a chart with uPlot and keeps it as wide as its place. */
export function paintChart(
  place: HTMLElement,
  { x, series, kind = "line", format, height = 220, mark }: ChartProps,
  writeX: (index: number) => string,
): { destroy(): void } {
  const isTime = typeof x[0] === "number";
  const places = isTime ? (x as readonly number[]).map((at) => at / 1000) : x.map((_, index) => index);
  const data: (number | null)[][] = [places];
  const drawn: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  const bars = uPlot.paths.bars!({ size: [0.62, 56], radius: 0.12 });
  series.forEach(({ label, values, low, high }, index) => {
    const colour = colourOf(index);
    const isBar = kind !== "line";
    if (low && high) {
      const isFloating = kind === "floating";
      const edge = { label: "", stroke: "transparent", width: 0, points: { show: false } };
      data.push([...high], [...low]);
      drawn.push(
        isFloating
          ? { label, stroke: colour, fill: colour, paths: floating(low), points: { show: false } }
          : edge,
        edge,
      );
      if (isFloating) return;
      bands.push({ series: [drawn.length - 2, drawn.length - 1], fill: faint(colour) });
    }
    data.push([...values]);
    drawn.push({
      label,
      stroke: colour,
      width: 2,
      ...(isBar ? { paths: bars, fill: colour } : {}),
      points: { show: !isBar && values.length === 1 },
    });
  });
  const line = token("--line");
  const axis: uPlot.Axis = {
    stroke: token("--soft"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
  };
  const chart = new uPlot(
    {
      width: Math.max(200, place.clientWidth),
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: {
          time: isTime,
          ...(isTime ? rangeOf(places as number[]) : { range: [-0.6, x.length - 0.4] as [number, number] }),
        },
        y: {
          range: (_plot, min, max) => {
            const reach = [
              min,
              max,
              ...(kind === "line" ? [] : [0]),
              ...(mark === undefined ? [] : [mark]),
            ].filter((value) => value !== null && Number.isFinite(value));
            const [low, high] = [Math.min(...reach), Math.max(...reach)];
            const room = (high - low || Math.abs(high) || 1) * 0.08;
            return [low < 0 || (kind === "line" && low > 0) ? low - room : low, high + room];
          },
        },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          ...(isTime
            ? { values: (_plot, splits) => splits.map(timeOf(places as number[])) }
            : {
                splits: () => places as number[],
                values: (_plot, splits) => splits.map((at) => writeX(at)),
                rotate: x.length > 8 ? -40 : 0,
                size: x.length > 8 ? 74 : 34,
              }),
        },
        { ...axis, size: 68, values: (_plot, splits) => splits.map((value) => format(value)) },
      ],
      series: drawn,
      bands,
      hooks: {
        draw: [
          (plot) => {
            if (mark === undefined) return;
            const y = plot.valToPos(mark, "y", true);
            const { ctx, bbox } = plot;
            ctx.save();
            ctx.strokeStyle = token("--soft");
            ctx.setLineDash([5, 4]);
            ctx.beginPath();
            ctx.moveTo(bbox.left, y);
            ctx.lineTo(bbox.left + bbox.width, y);
            ctx.stroke();
            ctx.restore();
          },
        ],
      },
    },
    data as uPlot.AlignedData,
    place,
  );
  const watch = new ResizeObserver(() => chart.setSize({ width: Math.max(200, place.clientWidth), height }));
  watch.observe(place);
  return {
    destroy() {
      watch.disconnect();
      chart.destroy();
    },
  };
}

/** A single moment has a day of room on each side. */
const rangeOf = (places: readonly number[]): { range?: [number, number] } =>
  places.length === 1 ? { range: [places[0]! - 86_400, places[0]! + 86_400] } : {};

/** How moments are written along an axis: days, or the time of day where the whole axis is shorter than two. */
function timeOf(places: readonly number[]): (at: number) => string {
  const isShort = places.at(-1)! - places[0]! < 2 * 86_400;
  return (at) =>
    isShort
      ? new Date(at * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
      : new Date(at * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** Bars that stand on their own low end instead of on nought. */
function floating(low: readonly (number | null)[]): uPlot.Series.PathBuilder {
  return (plot, seriesIndex) => {
    const fill = new Path2D();
    const xs = plot.data[0];
    const tops = plot.data[seriesIndex]!;
    const width = Math.min(56 * devicePixelRatio, (plot.bbox.width / Math.max(1, xs.length)) * 0.62);
    tops.forEach((top, index) => {
      const bottom = low[index];
      if (top === null || top === undefined || bottom === null || bottom === undefined) return;
      const x = plot.valToPos(xs[index]!, "x", true) - width / 2;
      const [y1, y2] = [plot.valToPos(top, "y", true), plot.valToPos(bottom, "y", true)];
      fill.rect(x, Math.min(y1, y2), width, Math.max(2, Math.abs(y2 - y1)));
    });
    return { fill, stroke: fill, clip: null, flags: 1 };
  };
}
