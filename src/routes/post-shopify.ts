import { readShopify } from "../import/shopify.ts";
import { takeHook } from "./hooks.ts";
import type { RouteContext } from "./route.ts";

/** `POST /v1/hooks/shopify/:site`: orders, returns, cancellations and requests to erase, signed by Shopify. */
export const postShopify = (c: RouteContext): Promise<Response> =>
  takeHook(c, {
    platform: "shopify",
    signature: "x-shopify-hmac-sha256",
    topic: "x-shopify-topic",
    read: readShopify,
  });
