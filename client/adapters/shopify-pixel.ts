import { money } from "../snippet/money.ts";

type Cost = { readonly amount?: number; readonly currencyCode?: string };
type Variant = { readonly id?: string; readonly sku?: string; readonly price?: Cost };
type CartLine = { readonly merchandise?: Variant; readonly variant?: Variant; readonly quantity?: number };
type PixelEvent = {
  readonly id: string;
  readonly name: string;
  readonly timestamp: string;
  readonly data?: {
    readonly productVariant?: Variant;
    readonly cartLine?: CartLine;
    readonly cart?: { readonly lines?: readonly CartLine[] };
    readonly collection?: { readonly id?: string; readonly productVariants?: readonly Variant[] };
    readonly searchResult?: { readonly query?: string };
    readonly checkout?: {
      readonly order?: { readonly id?: string };
      readonly lineItems?: readonly CartLine[];
      readonly totalPrice?: Cost;
    };
  };
};
type Allowed = {
  readonly analyticsProcessingAllowed?: boolean;
  readonly preferencesProcessingAllowed?: boolean;
};
/** What Shopify hands to a pixel. */
export type Sandbox = {
  readonly analytics: { subscribe(name: "all_standard_events", hear: (event: PixelEvent) => void): void };
  readonly browser: {
    readonly localStorage: {
      getItem(name: string): Promise<string | null>;
      setItem(name: string, value: string): Promise<void>;
      removeItem(name: string): Promise<void>;
    };
  };
  readonly init: { readonly customerPrivacy?: Allowed };
  readonly customerPrivacy?: {
    subscribe(
      name: "visitorConsentCollected",
      hear: (event: { readonly customerPrivacy: Allowed }) => void,
    ): void;
  };
};

const itemOf = ({ id, sku }: Variant = {}) => ({ id: id ?? sku, sku });
const lineOf = ({ merchandise, variant, quantity }: CartLine) => ({
  item: itemOf(merchandise ?? variant),
  quantity,
});

/** A standard event of Shopify's in our words; nothing for those that are about nothing we keep. */
function wordsFor({ name, data }: PixelEvent): object | undefined {
  const { productVariant, cartLine = {}, cart, collection, searchResult, checkout } = data ?? {};
  const price = (cost?: Cost) => money(cost?.amount, cost?.currencyCode);
  switch (name) {
    case "product_viewed":
      return { type: name, item: itemOf(productVariant), price: price(productVariant?.price) };
    case "product_added_to_cart":
      return { type: "product_added", ...lineOf(cartLine), price: price(cartLine.merchandise?.price) };
    case "product_removed_from_cart":
      return { type: "product_removed", ...lineOf(cartLine) };
    case "cart_viewed":
      return { type: name, lines: cart?.lines?.map(lineOf) };
    case "collection_viewed":
      return {
        type: "product_list_viewed",
        list: collection?.id,
        items: collection?.productVariants?.map(itemOf),
      };
    case "checkout_contact_info_submitted":
    case "checkout_address_info_submitted":
    case "checkout_shipping_info_submitted":
    case "payment_info_submitted":
      return { type: "checkout_step_completed", step: /contact|address|shipping|payment/.exec(name)![0] };
    case "search_submitted":
      return { type: "products_searched", query: searchResult?.query };
    case "checkout_started":
      return { type: name, lines: checkout?.lineItems?.map(lineOf) };
    case "checkout_completed":
      return {
        type: "order_completed",
        orderId: checkout?.order?.id,
        lines: checkout?.lineItems?.map(lineOf),
        total: price(checkout?.totalPrice),
      };
  }
}

/**
 * Runs in Shopify's pixel sandbox, which has no page and no snippet: sends what Shopify tells, only with consent, under an
 * id that it keeps there. Orders are best told by Shopify's webhook; `checkout_completed` may be missing.
 */
export function connectShopifyPixel(
  { analytics, browser, init, customerPrivacy }: Sandbox,
  { key, api }: { readonly key: string; readonly api: string },
): void {
  let allowed = init.customerPrivacy ?? {};
  let lane: Promise<unknown> = Promise.resolve();
  customerPrivacy?.subscribe("visitorConsentCollected", (event) => {
    allowed = event.customerPrivacy;
    // Who takes it back is not recognised again, also not by a request that is under way.
    if (!allowed.analyticsProcessingAllowed && !allowed.preferencesProcessingAllowed)
      lane = lane.then(() => browser.localStorage.removeItem("concierge.visitor")).catch(() => {});
  });
  analytics.subscribe("all_standard_events", (event) => {
    const consent = {
      analytics: allowed.analyticsProcessingAllowed === true,
      personalization: allowed.preferencesProcessingAllowed === true,
    };
    const told = wordsFor(event);
    if (!told || !(consent.analytics || consent.personalization)) return;
    // One after the other: the first brings the id.
    lane = lane
      .then(async () => {
        const visitorId = (await browser.localStorage.getItem("concierge.visitor")) ?? undefined;
        const events = [{ id: event.id, at: event.timestamp, ...told }];
        const reply = await fetch(`${api}/v1/events`, {
          method: "POST",
          body: JSON.stringify({ key, visitorId, consent, events }),
          keepalive: true,
        });
        const answer = (await reply.json()) as { visitorId?: string };
        if (answer.visitorId) await browser.localStorage.setItem("concierge.visitor", answer.visitorId);
      })
      .catch(() => {});
  });
}
