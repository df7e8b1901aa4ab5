import { readWooCommerce } from "../import/woocommerce.ts";
import { takeHook } from "./hooks.ts";
import type { RouteContext } from "./route.ts";

/** `POST /v1/hooks/woocommerce/:site`: orders, returns and cancellations, signed by WooCommerce. */
export const postWooCommerce = (c: RouteContext): Promise<Response> =>
  takeHook(c, {
    platform: "woocommerce",
    signature: "x-wc-webhook-signature",
    topic: "x-wc-webhook-topic",
    read: readWooCommerce,
  });
