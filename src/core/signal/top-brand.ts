import { favourite } from "./favourite.ts";
import type { Signal } from "./signal.ts";

export const topBrand: Signal = {
  name: "topBrand",
  meaning: "The brand that the customer's recent views, carts and orders name most.",
  purpose: "personalization",
  value: (input) => favourite(input, (item) => item.brand),
};
