import { itemRefOf } from "./item-ref.ts";
import { said, type Mapper } from "./mapper.ts";

/** Ratings and reviews of items. `max` is the best mark of the shop's scale; ours ends at 5. */
export const reviews: Mapper = {
  kind: "reviews",
  fields: ["item", "sku", "gtin", "group", "url", "rating", "max", "title", "text"],
  map([row]) {
    const rating = row.need("rating", row.number("rating"));
    const max = row.number("max") ?? 5;
    if (max <= 0) row.refuse("max", "above zero");
    if (rating !== undefined && (rating < 0 || rating > max))
      row.refuse("rating", "between 0 and the best mark");
    return [
      said({
        type: "review_given",
        id: row.id("id"),
        at: row.moment("at"),
        item: row.need("item", itemRefOf(row)),
        rating: rating === undefined ? undefined : (rating * 5) / max,
        title: row.text("title", 256),
        text: row.text("text", 4096),
      }),
    ];
  },
};
