import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { itemRefOf } from "./product-line.ts";
import { clip, countOf, fieldsOf, scalarsOf, type Fields } from "./read-field.ts";
import { segmentType } from "./segment-names.ts";
import { mapSegmentOrder } from "./segment-order.ts";
import { lineOf, linesOf, namesOf } from "./segment-products.ts";
import { refusal, type EventHead, type UnparsedEvent } from "./unparsed-event.ts";

const listOf = (properties: Fields): Fields => {
  const list = clip(properties["list_id"] ?? properties["list"], 128);
  return list === undefined ? {} : { list };
};

/**
 * Maps one track call. `currency` is for amounts that name none.
 * Segment's prices are for one piece and its positions start at 1, as ours; its `revenue` is without shipping and tax,
 * its `total` is with both.
 */
export function mapTrack(
  name: string,
  properties: Fields,
  head: EventHead,
  context: { readonly consent: unknown; readonly currency: string | undefined },
): Result<UnparsedEvent> {
  const type = segmentType(name);
  const currency = properties["currency"] ?? context.currency;
  const event = (fields: Fields): Result<UnparsedEvent> => succeed({ ...head, ...fields, type });

  switch (type) {
    case "product_viewed":
    case "product_clicked":
    case "product_added":
    case "product_removed":
    case "product_wished":
    case "product_unwished": {
      const line = lineOf(properties, currency, "/properties");
      if (!line.ok) return line;
      const { item, price, quantity } = line.value;
      const position = countOf(properties["position"]) ?? undefined;
      return event({
        item,
        ...(type === "product_clicked" ? listOf(properties) : {}),
        ...(type === "product_clicked" && position !== undefined ? { position } : {}),
        ...(price && (type === "product_viewed" || type === "product_added") ? { price } : {}),
        ...(quantity !== undefined && (type === "product_added" || type === "product_removed")
          ? { quantity }
          : {}),
      });
    }
    case "product_list_viewed": {
      const products = Array.isArray(properties["products"]) ? properties["products"] : [];
      const items = products
        .slice(0, 200)
        .map((product) => itemRefOf(namesOf(fieldsOf(product))))
        .filter((item) => item !== undefined);
      const category = clip(properties["category"], 512);
      return event({
        ...listOf(properties),
        ...(category === undefined ? {} : { category }),
        ...(items.length === 0 ? {} : { items }),
      });
    }
    case "products_searched": {
      const query = clip(properties["query"], 256);
      if (query === undefined)
        return fail(refusal("/properties/query", "the searched text", properties["query"]));
      return event({ query });
    }
    case "promotion_viewed":
    case "promotion_clicked": {
      const promotion = clip(properties["promotion_id"] ?? properties["id"] ?? properties["name"], 128);
      if (promotion === undefined) {
        return fail(refusal("/properties/promotion_id", "a promotion's id", properties["promotion_id"]));
      }
      return event({ promotion });
    }
    case "cart_viewed":
    case "checkout_started": {
      const lines = linesOf(properties, currency);
      if (!lines.ok) return lines;
      return event(lines.value === undefined ? {} : { lines: lines.value });
    }
    case "checkout_step_completed": {
      const stated = countOf(properties["step"]);
      const step = typeof stated === "number" ? stated : clip(stated, 64);
      const paid = /payment info/i.test(name) ? "payment_info" : undefined;
      return event(step === undefined && paid === undefined ? {} : { step: step ?? paid });
    }
    case "order_completed":
    case "order_refunded":
    case "order_cancelled":
      return mapSegmentOrder(type, properties, head, currency);
    case "consent_updated":
      if (context.consent === undefined) {
        return fail(refusal("/context/consent/categoryPreferences", "an object of yes and no", undefined));
      }
      return event({ consent: context.consent });
    default:
      return event({ name: name.trim().slice(0, 128).toWellFormed(), facts: scalarsOf(properties) });
  }
}
