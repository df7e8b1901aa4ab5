import type { Purpose } from "../../../src/core/consent/consent.ts";
import type { SubscribableType } from "../../../src/core/webhook/notice.ts";

type Types = (typeof SubscribableType.options)[number];

/** What a webhook can be told of. */
export const TYPES = {
  customer_erased: "a customer was erased",
  consent_changed: "consent changed",
  order_recorded: "an order",
  order_refunded: "a return",
  import_finished: "an import came to its end",
  segment_entered: "somebody entered a segment",
  segment_left: "somebody left a segment",
  trigger_fired: "a trigger fired",
  audience_left: "somebody left an audience",
} as const satisfies Record<Types, string>;

/** What data may be used for. */
export const PURPOSES = {
  transaction: "the purchase itself",
  analytics: "analytics",
  personalization: "personalization",
  marketing: "marketing",
  clienteling: "advice in the store",
  life_events: "life events",
} as const satisfies Record<Purpose, string>;
