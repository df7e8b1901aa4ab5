import { Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/customers.ts";
import type { Customer } from "./answers.ts";

/** What to speak of next, and why. */
export function Offers({ offers }: Pick<Customer, "offers">) {
  return (
    <Panel title={WORDS.offers}>
      {offers.length === 0 && <p class="soft">{WORDS.noOffers}</p>}
      <ul class="customers-list">
        {offers.map(({ id, title, price, why }) => (
          <li key={id}>
            <strong>{title}</strong> {price?.text} <span class="soft">{why.text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
