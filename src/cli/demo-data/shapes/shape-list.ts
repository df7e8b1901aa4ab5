import { AUDIO_SHAPES } from "./audio-shapes.ts";
import { CAMPING_SHAPES } from "./camping-shapes.ts";
import { DESK_SHAPES } from "./desk-shapes.ts";
import { GARDEN_SHAPES } from "./garden-shapes.ts";
import { HIKING_SHAPES } from "./hiking-shapes.ts";
import { KITCHEN_SHAPES } from "./kitchen-shapes.ts";
import { LIGHTING_SHAPES } from "./lighting-shapes.ts";
import { LIVING_SHAPES } from "./living-shapes.ts";
import type { Shape } from "./paint.ts";
import { PHOTO_SHAPES } from "./photo-shapes.ts";
import { TEA_AND_COFFEE_SHAPES } from "./tea-and-coffee-shapes.ts";
import { TEXTILE_SHAPES } from "./textiles-shapes.ts";

const ALL = {
  ...TEA_AND_COFFEE_SHAPES,
  ...KITCHEN_SHAPES,
  ...LIGHTING_SHAPES,
  ...TEXTILE_SHAPES,
  ...LIVING_SHAPES,
  ...CAMPING_SHAPES,
  ...HIKING_SHAPES,
  ...GARDEN_SHAPES,
  ...AUDIO_SHAPES,
  ...PHOTO_SHAPES,
  ...DESK_SHAPES,
} as const;

export type ShapeName = keyof typeof ALL;

/** Every silhouette the shop can draw. */
export const SHAPES: { readonly [name in ShapeName]: Shape } = ALL;
