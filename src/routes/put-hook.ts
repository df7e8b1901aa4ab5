import * as v from "valibot";
import { seal } from "../edge/seal.ts";
import { forgetSecrets, ourSecret, SECRET_USE } from "./hooks.ts";
import { shelfOf } from "./imports.ts";
import { admit, answer, enter, type RouteContext } from "./route.ts";

export const ShopifySecret = v.strictObject({
  /** The app's client secret, or the one that Shopify shows beside webhooks made by hand. */
  secret: v.pipe(v.string(), v.minLength(16), v.maxLength(256)),
});

/** `PUT /v1/hooks/shopify`: the secret Shopify signs with. Kept sealed, and never told again. */
export async function putShopifySecret(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ShopifySecret);
  if (entered instanceof Response) return entered;
  const { siteId } = entered.access;
  await (
    await shelfOf(c.env, siteId)
  ).setHookSecret("shopify", await seal(c.env, SECRET_USE, entered.request.secret));
  forgetSecrets(siteId, "shopify");
  return answer({ address: addressOf(c, "shopify", siteId), hasSecret: true });
}

export const WooCommerceRotate = v.strictObject({ rotate: v.literal(true) });

/** `PUT /v1/hooks/woocommerce`: replaces the secret by the next one; the old one opens for another hour. */
export async function putWooCommerceSecret(c: RouteContext): Promise<Response> {
  const entered = await enter(c, WooCommerceRotate);
  if (entered instanceof Response) return entered;
  const { siteId } = entered.access;
  const version = await (await shelfOf(c.env, siteId)).setHookSecret("woocommerce", null);
  forgetSecrets(siteId, "woocommerce");
  return answer({
    address: addressOf(c, "woocommerce", siteId),
    secret: await ourSecret(c.env, siteId, "woocommerce", version),
  });
}

/** `GET /v1/hooks`: addresses to paste into the shop system, the secret that is ours to give, and what arrived last. */
export async function getHooks(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { siteId } = access;
  const shelf = await shelfOf(c.env, siteId);
  const [shopify, ours, hooks] = await Promise.all([
    shelf.hookSecret("shopify"),
    shelf.hookSecret("woocommerce"),
    shelf.hooks(),
  ]);
  return answer({
    shopify: { address: addressOf(c, "shopify", siteId), hasSecret: shopify !== undefined },
    woocommerce: {
      address: addressOf(c, "woocommerce", siteId),
      secret: await ourSecret(c.env, siteId, "woocommerce", ours?.version ?? 1),
    },
    latest: hooks,
  });
}

const addressOf = (c: RouteContext, platform: string, siteId: string): string =>
  new URL(`/v1/hooks/${platform}/${siteId}`, c.req.url).toString();
