import type { Defects } from "./defects.ts";
import type { CustomerFile, LedgerFile } from "./stored.ts";

type Card = { readonly purchases?: { readonly orders: number; readonly leftOut: number } };

/**
 * The ledger knows of each customer what they told it last, and nothing of anybody else; and no order is on two cards.
 * @param orders how many orders there are
 */
export function checkCards(
  files: Iterable<CustomerFile>,
  { cards }: LedgerFile,
  orders: number,
  defects: Defects,
): number {
  const told = new Map<string, string>();
  for (const { object, card, mark } of files) if (card !== undefined && !mark) told.set(object, card);
  let owned = 0;
  for (const [object, card] of cards) {
    const name = object.slice(0, 8);
    if (!told.has(object)) defects.add("the ledger has a card of nobody", name);
    else if (told.get(object) !== card) defects.add("the ledger's card is not the customer's", name);
    const { purchases } = JSON.parse(card) as Card;
    owned += (purchases?.orders ?? 0) + (purchases?.leftOut ?? 0);
  }
  for (const object of told.keys())
    if (!cards.has(object)) defects.add("a card did not reach the ledger", object.slice(0, 8));
  if (owned > orders) defects.add("orders are on more cards than one", `${owned} of ${orders}`);
  return cards.size;
}
