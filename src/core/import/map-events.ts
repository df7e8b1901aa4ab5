import { ShopEvent } from "../event/event.ts";
import { itemRefOf } from "./item-ref.ts";
import { said, type Mapper } from "./mapper.ts";

const FIELDS = [...new Set(ShopEvent.options.flatMap((option) => Object.keys(option.entries)))];
/** What only a browser with a decision in hand can say, and what has a door of its own. */
const NOT_HERE = new Set(["slot_seen", "slot_clicked", "consent_updated"]);

/** Events in our own words, as `POST /v1/events` takes them. In tables, amounts and dates are read as elsewhere. */
export const events: Mapper = {
  kind: "events",
  fields: [...FIELDS, "sku", "gtin", "group", "currency"],
  map([row]) {
    const type = row.need("type", row.text("type", 64));
    if (type !== undefined && NOT_HERE.has(type))
      row.refuse(
        "type",
        "an event that a file can tell",
        "Consent comes as `basis` or `consent`; what was shown is told by the page.",
      );
    const { sku: _sku, gtin: _gtin, group: _group, currency: _currency, ...raw } = row.raw;
    const fields: Record<string, unknown> = { type, id: row.id("id"), at: row.moment("at") };
    for (const [field, value] of Object.entries(raw)) {
      if (value === null || !FIELDS.includes(field) || field in fields) continue;
      if (MONEY.has(field)) fields[field] = row.money(field);
      else if (NUMBERS.has(field)) fields[field] = row.number(field);
      else fields[field] = value;
    }
    // A reference of our own making (an object, in JSON) stays as it is.
    if (typeof row.raw["item"] !== "object" || row.raw["item"] === null) fields["item"] = itemRefOf(row);
    return [said({ ...fields, type: type ?? "" })];
  },
};

const MONEY = new Set(["price", "revenue", "total", "shipping", "tax", "discount", "amount"]);
const NUMBERS = new Set(["quantity", "position", "score", "max", "rating"]);
