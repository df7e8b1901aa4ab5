import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/slots.ts";
import type { Config } from "./config.ts";

type Shown = {
  readonly status: string;
  readonly rules: readonly { readonly rule: string; readonly acts: boolean | null }[];
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly price: string | null;
    readonly why: { readonly text: string };
  }[];
};
type Compared = {
  readonly slot: string;
  readonly isChanged: boolean;
  readonly before: Shown;
  readonly after: Shown;
};
const list = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** What the slots show now beside what they would show with the config in the editor. */
export function Compare({ config }: { readonly config: Config }) {
  const session = useSession();
  const [who, setWho] = useState("nobody");
  const [item, setItem] = useState("");
  const [viewed, setViewed] = useState("");
  const [cart, setCart] = useState("");
  const [customer, setCustomer] = useState("");
  const [slots, setSlots] = useState(() =>
    Object.keys(config.slots ?? {})
      .slice(0, 4)
      .join(", "),
  );
  const [answer, setAnswer] = useState<readonly Compared[]>();
  const look = useAct(async () => {
    const { slots: compared } = await call<{ readonly slots: readonly Compared[] }>("/v1/config/compare", {
      method: "POST",
      body: {
        config,
        slots: list(slots),
        page: item.trim() === "" ? { type: "home" } : { type: "product", item: item.trim() },
        cart: list(cart),
        ...(who === "persona" ? { persona: { viewed: list(viewed) } } : {}),
        ...(who === "customer" ? { customer: customer.trim() } : {}),
      },
    });
    setAnswer(compared);
  });
  const people = Object.entries(WORDS.who).filter(([kind]) => kind !== "customer" || may(session, ["owner"]));
  return (
    <Panel title={WORDS.preview} hint={WORDS.previewHint}>
      <form
        class="slots-look"
        onSubmit={(event) => {
          event.preventDefault();
          void look.run();
        }}
      >
        <TextField label={WORDS.slots} value={slots} onValue={setSlots} required />
        <TextField label={WORDS.page} value={item} onValue={setItem} />
        <TextField label={WORDS.cart} value={cart} onValue={setCart} />
        <SelectField
          label={WORDS.asWho}
          value={who}
          onValue={setWho}
          options={people.map(([value, label]) => ({ value, label }))}
        />
        {who === "persona" && <TextField label={WORDS.persona} value={viewed} onValue={setViewed} />}
        {who === "customer" && (
          <TextField label={WORDS.customerId} value={customer} onValue={setCustomer} required />
        )}
        <Button kind="primary" type="submit" isBusy={look.isBusy}>
          {WORDS.look}
        </Button>
      </form>
      {look.refusal && <Refused refusal={look.refusal} />}
      <div role="status" class="stack">
        {answer?.map(({ slot, isChanged, before, after }) => (
          <section key={slot} class="slots-compared" aria-label={slot}>
            <h3 class="row">
              {slot}{" "}
              <Badge tone={isChanged ? "accent" : "plain"}>{isChanged ? WORDS.changed : WORDS.same}</Badge>
            </h3>
            <Side title={WORDS.before} shown={before} />
            <Side title={WORDS.after} shown={after} />
          </section>
        ))}
      </div>
    </Panel>
  );
}

function Side({ title, shown: { items, rules } }: { readonly title: string; readonly shown: Shown }) {
  return (
    <div>
      <p class="soft">
        {title}
        {rules.length > 0 &&
          ` · ${rules.map(({ rule, acts }) => (acts === false ? WORDS.idle(rule) : WORDS.acting(rule))).join(", ")}`}
      </p>
      {items.length === 0 ? (
        <p>{WORDS.nothing}</p>
      ) : (
        <ol>
          {items.map(({ id, title, price, why }) => (
            <li key={id}>
              <strong>{title}</strong> {price} <span class="soft">{why.text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
