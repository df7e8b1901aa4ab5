import type { CatalogItem } from "../catalog/item.ts";
import { isAbout } from "./is-about.ts";
import type { Preference } from "./preference.ts";

/** The last part of a type's path. */
const lastStep = (type: string): string => type.split(">").at(-1)!.trim() || type;

/**
 * The sentence that tells a customer why an item was lifted, in their own words; of several that were said together, the
 * one the item is.
 * @example statedWhy(likesOak, oakTable) // { code: "you_said", text: "You told us you like oak." }
 */
export function statedWhy(
  preference: Preference,
  item: CatalogItem,
  market?: string,
): { readonly code: "you_said"; readonly text: string } {
  const { topic, anyOf } = preference;
  const said = anyOf.find((value) => isAbout({ ...preference, anyOf: [value] }, item, market)) ?? anyOf[0];
  const name = String(said ?? "");
  const say = (text: string) => ({ code: "you_said", text }) as const;
  switch (topic) {
    case "price_band":
      return say("In the price range you told us.");
    case "size":
      return say(`In the size you told us, ${name}.`);
    case "type":
      return say(`You told us you like ${lastStep(name)}.`);
    case "avoid_type":
      return say(`You told us you do not want ${lastStep(name)}.`);
    case "avoid_brand":
      return say(`You told us you do not want ${name}.`);
    case "reason":
      return say(`You told us why: ${name}.`);
    default:
      // `true` names nothing: then the attribute itself is what is liked.
      return say(`You told us you like ${typeof said === "boolean" ? wordsOf(topic) : name}.`);
  }
}

const wordsOf = (topic: string): string => topic.replace("attribute:", "").replaceAll(/[_-]+/g, " ");
