import type { CatalogItem } from "../../core/catalog/item.ts";
import { seededRng } from "../../core/primitives/rng.ts";
import { backdropFor, COLOURS, mix } from "./palette.ts";
import { oval, type Paint } from "./shapes/paint.ts";
import { SHAPES } from "./shapes/shape-list.ts";
import { STOCK_BY_ID } from "./stock.ts";

const stops = (...colours: readonly (readonly [offset: number, colour: string, opacity?: number])[]) =>
  colours
    .map(
      ([offset, colour, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join("");

function gradients(paint: Paint, lit: string, shaded: string): string {
  return (
    `<radialGradient id="ground" cx=".38" cy=".28" r="1">${stops([0, lit], [1, shaded])}</radialGradient>` +
    `<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1">${stops([0, shaded, 0], [1, mix(shaded, "#6b5b45", 0.22), 0.9])}</linearGradient>` +
    `<radialGradient id="shadow">${stops([0, "#2b2419", 0.42], [0.6, "#2b2419", 0.16], [1, "#2b2419", 0])}</radialGradient>` +
    `<linearGradient id="body" x1="0" x2="1" y1="0" y2=".25">${stops([0, paint.light], [0.4, paint.main], [1, paint.dark])}</linearGradient>` +
    `<linearGradient id="metal" x1="0" x2="1">${stops([0, "#eef1f3"], [0.35, "#c3cacf"], [0.6, "#dfe4e7"], [1, "#949ca3"])}</linearGradient>` +
    `<linearGradient id="wood" x1="0" x2="1">${stops([0, "#d9b383"], [1, "#a9794a"])}</linearGradient>` +
    `<linearGradient id="glass" x1="0" x2="1">${stops([0, "#ffffff", 0.78], [0.5, "#dfeaee", 0.55], [1, "#a9bfc8", 0.7])}</linearGradient>` +
    `<linearGradient id="screen" x1="0" x2="0" y1="0" y2="1">${stops([0, "#bcd7e6"], [1, "#f6dfc4"])}</linearGradient>` +
    `<radialGradient id="glow">${stops([0, "#fff3c9", 0.95], [0.5, "#ffe9a8", 0.4], [1, "#ffe9a8", 0])}</radialGradient>`
  );
}

/**
 * The item's picture as an SVG document of 400 × 400, drawn from its type, colour and id alone.
 * Items the demo shop does not sell get a plain ground.
 */
export function pictureOf(item: Pick<CatalogItem, "id">): string {
  const stocked = STOCK_BY_ID.get(item.id);
  const colour = stocked?.colour ?? "cream";
  const main = COLOURS[colour];
  const [lit, shaded] = backdropFor(colour, seededRng(`backdrop:${stocked?.group ?? item.id}`)());
  const paint: Paint = {
    main,
    light: mix(main, "#ffffff", 0.38),
    dark: mix(main, "#1f1a24", 0.22),
    deep: mix(main, "#1f1a24", 0.45),
  };
  const shape = stocked && SHAPES[stocked.model.shape ?? stocked.type.shape];
  const shadow = shape && shape.foot > 0 ? oval(206, 318, shape.foot * 1.3, 17, "url(#shadow)") : "";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">` +
    `<defs>${gradients(paint, lit, shaded)}</defs>` +
    `<rect width="400" height="400" fill="url(#ground)"/>` +
    (shape && shape.foot > 0 ? `<rect y="292" width="400" height="108" fill="url(#floor)"/>` : "") +
    shadow +
    (shape?.draw(paint) ?? "") +
    `</svg>\n`
  );
}
