/**
 * What a silhouette is painted with. Names starting with `#` are the item's colour and its shades; `url(#…)` are the
 * gradients that `picture.ts` defines beside the drawing.
 */
export type Paint = {
  readonly main: string;
  readonly light: string;
  readonly dark: string;
  readonly deep: string;
};

/** Gradients every picture carries. `BODY` runs from the lit left to the shaded right in the item's colour. */
export const BODY = "url(#body)";
export const METAL = "url(#metal)";
export const WOOD = "url(#wood)";
export const GLASS = "url(#glass)";
export const INK = "#33353d";
export const PAPER = "#fbf8f1";

/** A drawing on a ground of 400 × 400 that stands on y = 318. */
export type Shape = {
  /** Half the width of its shadow; 0 for what hangs. */
  readonly foot: number;
  readonly draw: (paint: Paint) => string;
};

export const fill = (d: string, paint: string, more = "") => `<path d="${d}" fill="${paint}" ${more}/>`;

export const stroke = (d: string, paint: string, width: number, more = "") =>
  `<path d="${d}" fill="none" stroke="${paint}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

export const box = (x: number, y: number, width: number, height: number, radius: number, paint: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${paint}"/>`;

export const oval = (x: number, y: number, rx: number, ry: number, paint: string, more = "") =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${paint}" ${more}/>`;

/** A streak of reflected light along a path. */
export const gloss = (d: string, width = 7) => stroke(d, "#ffffff", width, 'opacity=".38"');
