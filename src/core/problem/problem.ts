/**
 * Every refusal this product can give: its code (stable, never reused) and its title. Each has a page in
 * `docs/errors/<code>.md` that says the cause and the cure; a test holds the two together.
 */
export const PROBLEMS = {
  key_missing: "No key was given",
  key_unknown: "The key is not one of this site's",
  key_not_allowed: "This kind of key may not do that",
  origin_not_allowed: "This origin may not use the key",
  site_unknown: "There is no such site",
  site_exists: "This origin already has a site",
  route_unknown: "There is no such address here",
  method_not_allowed: "This address does not answer that method",
  body_too_large: "The body is too large",
  body_not_json: "The body is not JSON",
  body_not_text: "The body is not UTF-8 text",
  body_too_deep: "The body is nested too deeply or too wide",
  body_hostile: "The body holds something no honest client sends",
  body_invalid: "The body does not have the expected shape",
  event_too_large: "The event is too large",
  event_unknown: "There is no such event type",
  event_invalid: "The event does not have the expected shape",
  event_too_old: "The event is too old",
  event_conflict: "Another event with this id came first",
  id_invalid: "The id is not usable",
  id_missing: "The event names nobody",
  identity_unverified: "A browser cannot speak for a known customer",
  consent_missing: "The consent needed was not given",
  token_invalid: "The decision token is not valid",
  variation_unknown: "Nobody can have seen this variation",
  catalog_row_invalid: "A catalog row does not have the expected shape",
  catalog_format_unknown: "The catalog's format is not understood",
  catalog_shrinks: "Replacing would retire too many items",
  config_invalid: "The config does not have the expected shape",
  config_changed: "The config was changed by somebody else",
  config_unconditional: "A config must be sent with If-Match",
  revision_unknown: "There is no such revision",
  experiment_unknown: "There is no such experiment",
  segment_unknown: "There is no such segment",
  query_invalid: "A parameter of the address is not what it should be",
  figures_missing: "Too little has been measured",
  proposal_unknown: "Nothing is proposed",
  draft_unknown: "There is no such preview, or it has expired",
  storage_full: "There is no room to store this",
  not_configured: "A setting of the deployment is missing or cannot be used",
  overloaded: "Too much at once",
  self_unknown: "Nobody proved whom they speak for",
  customer_unknown: "Nothing is known under this id",
  merge_final: "The merge is too old to be undone",
  erased: "The person was erased",
  paused: "The customer has paused",
  visitor_joined: "The visitor has become a known customer",
  internal: "Something failed on our side",
  budget_spent: "Too many requests",
  bot_suspected: "No person seems to be behind this",
  webhook_unknown: "There is no such webhook",
  unsafe_webhook_url: "Webhooks may not be sent to this address",
  too_many_webhooks: "There are too many webhooks",
  delivery_unknown: "There is no such parked delivery",
  import_unknown: "There is no such import",
  import_unreadable: "The file cannot be read",
  import_row_invalid: "A row of the file is wrong",
  format_unsupported: "The body's format is not taken here",
  signature_invalid: "The signature is not valid",
  key_not_found: "There is no such key",
  key_last_owner: "The last owner key stays",
  key_not_rotatable: "This secret cannot rotate",
  keys_too_many: "Too many keys live at once",
  flag_unknown: "There is no such flag",
  targeting_key_missing: "A flag splits people, and nobody is named",
  item_unknown: "There is no such item",
  body_stalled: "The body did not come to its end",
  origin_failed: "The shop's own server did not answer",
  store_newer: "A newer version has written what is stored",
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** An expected failure, as data. HTTP status and media type are added at the edge. */
export type Problem = {
  readonly code: ProblemCode;
  /** One sentence for the developer who reads it, with the limit or the expectation; never the offending text itself. */
  readonly detail: string;
  /** RFC 6901 pointer into the body. @example "/events/3/items/0/price" */
  readonly pointer?: string;
  /** What stood there: its kind and size, never its content. @example "string of 214 characters" */
  readonly shape?: string;
  /** What to do about it. */
  readonly cure?: string;
  /** When trying again makes sense, in seconds. */
  readonly retryAfterS?: number;
};

/** One token of an RFC 6901 pointer. @example pointerToken("a/b") // "a~1b" */
export const pointerToken = (key: string | number): string =>
  String(key).replaceAll("~", "~0").replaceAll("/", "~1");

/** Characters of a field's name that is repeated, and what it is made of: words, as programs and people name fields. */
const NAME_LENGTH_MAX = 64;
const PLAIN_NAME = /^[\w$.-]+(?: [\w$.-]+)*$/;

/**
 * A pointer one step further in. The sender chooses names too, so one that nobody would call a field by (markup, an address,
 * a page of text) is not repeated: the pointer then stays at the object that holds it.
 * @example pointerInto("/slots", "a b") // "/slots/a b"
 * @example pointerInto("/slots", "<b>") // "/slots"
 */
export const pointerInto = (pointer: string, key: string | number): string =>
  typeof key === "number" || (key.length <= NAME_LENGTH_MAX && PLAIN_NAME.test(key))
    ? `${pointer}/${pointerToken(key)}`
    : pointer;

/**
 * Says what a value is without repeating it, so that a refusal never echoes hostile input.
 * @example shapeOf("hello") // "string of 5 characters"
 */
export function shapeOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `string of ${value.length} characters`;
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === "object") return `object of ${Object.keys(value).length} keys`;
  return typeof value;
}
