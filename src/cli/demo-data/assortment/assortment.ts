import type { ProductType } from "../product-type.ts";
import { AUDIO } from "./audio.ts";
import { CAMPING } from "./camping.ts";
import { COOKWARE } from "./cookware.ts";
import { DESK } from "./desk.ts";
import { GARDEN } from "./garden.ts";
import { HIKING } from "./hiking.ts";
import { KITCHEN_MACHINES } from "./kitchen-machines.ts";
import { LIGHTING } from "./lighting.ts";
import { LIVING } from "./living.ts";
import { PHOTO } from "./photo.ts";
import { TEA_AND_COFFEE } from "./tea-and-coffee.ts";
import { TEXTILES } from "./textiles.ts";

/** Everything the demo shop sells, category by category. */
export const ASSORTMENT: readonly ProductType[] = [
  ...TEA_AND_COFFEE,
  ...COOKWARE,
  ...KITCHEN_MACHINES,
  ...LIGHTING,
  ...TEXTILES,
  ...LIVING,
  ...CAMPING,
  ...HIKING,
  ...GARDEN,
  ...AUDIO,
  ...PHOTO,
  ...DESK,
];
