import { connectShopifyPixel } from "../shopify-pixel.ts";

/** For a custom pixel: `conciergePixel({ analytics, browser, init, customerPrivacy: api.customerPrivacy }, { key, api })`. */
(globalThis as { conciergePixel?: typeof connectShopifyPixel }).conciergePixel = connectShopifyPixel;
