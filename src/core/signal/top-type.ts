import { favourite } from "./favourite.ts";
import type { Signal } from "./signal.ts";

export const topType: Signal = {
  name: "topType",
  meaning: "The product type that the customer's recent views, carts and orders name most.",
  purpose: "personalization",
  value: (input) => favourite(input, (item) => item.type),
};
