import { useCallback, useEffect, useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../parts/button.tsx";
import { SelectField, TextField, Toggle } from "../../parts/field.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/catalog.ts";
import type { WhyAnswer } from "./answers.ts";
import { ItemPicker } from "./item-picker.tsx";
import { Verdict } from "./verdict.tsx";

const { why: words } = WORDS;
/** Slots that most shops have, for one whose slots nobody has seen yet. */
const USUAL = ["product-goes-with", "product-better", "product-similar", "home-for-you", "home-trending"];
const OTHER = " ";
const PAGES = Object.entries(words.pages).map(([value, label]) => ({ value, label }));

type Props = {
  readonly item?: string | undefined;
  readonly on?: string | undefined;
  readonly slot?: string | undefined;
};

/** Asks why one item is shown in one slot, or is not. What the address names is asked at once. */
export function WhyForm({ item: given, on: givenOn, slot: givenSlot }: Props) {
  const site = useRead<{ readonly slots: readonly { readonly name: string }[] }>("/v1/site");
  const seen = [...new Set(site.data?.slots.map(({ name }) => name) ?? [])].sort();
  const slots = seen.length > 0 ? seen : USUAL;
  const [item, setItem] = useState<readonly string[]>(given === undefined ? [] : [given]);
  const [on, setOn] = useState<readonly string[]>(givenOn === undefined ? [] : [givenOn]);
  const [chosenSlot, setSlot] = useState(givenSlot);
  const [otherSlot, setOtherSlot] = useState("");
  const [page, setPage] = useState<string>("product");
  const [isSomebody, setSomebody] = useState(false);
  const [cart, setCart] = useState<readonly string[]>([]);
  const [viewed, setViewed] = useState<readonly string[]>([]);
  const [answer, setAnswer] = useState<WhyAnswer>();
  const slot = chosenSlot ?? slots.find((name) => name.endsWith("goes-with")) ?? slots[0]!;
  const name = slot === OTHER ? otherSlot : slot;

  const act = useAct(
    useCallback((body: object) => call<WhyAnswer>("/v1/catalog/why", { method: "POST", body }), []),
  );
  const ask = async (): Promise<void> => {
    const found = await act.run({
      item: item[0],
      slot: name,
      page: { type: page, ...(on[0] === undefined ? {} : { item: on[0] }) },
      ...(isSomebody ? { persona: { cart, viewed } } : cart.length > 0 ? { cart } : {}),
    });
    setAnswer(found);
  };
  const isAsked = given !== undefined && givenOn !== undefined && (site.data || site.refusal) !== undefined;
  useEffect(() => {
    if (isAsked) void ask();
    // Once, when the slots are known: later the form asks.
  }, [isAsked]);

  return (
    <div class="panels catalog-why">
      <Panel title={words.title} hint={words.hint}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void ask();
          }}
        >
          <ItemPicker label={words.item} chosen={item} onChosen={setItem} isSingle />
          <SelectField
            label={words.slot}
            value={slot}
            onValue={setSlot}
            options={[
              ...[...new Set([...slots, ...(givenSlot === undefined ? [] : [givenSlot])])].map((value) => ({
                value,
                label: value,
              })),
              { value: OTHER, label: words.other },
            ]}
          />
          {slot === OTHER && (
            <TextField label={words.otherName} value={otherSlot} onValue={setOtherSlot} required />
          )}
          <SelectField label={words.page} value={page} onValue={setPage} options={PAGES} />
          <ItemPicker label={words.on} chosen={on} onChosen={setOn} isSingle />
          <ItemPicker label={words.cart} chosen={cart} onChosen={setCart} />
          <Toggle label={words.persona} value={isSomebody} onValue={setSomebody} />
          {isSomebody && <ItemPicker label={words.viewed} chosen={viewed} onChosen={setViewed} />}
          {item.length === 0 && <p class="hint">{words.needsItem}</p>}
          <div>
            <Button
              kind="primary"
              type="submit"
              isBusy={act.isBusy}
              disabled={item.length === 0 || name.trim() === ""}
            >
              {words.ask}
            </Button>
          </div>
        </form>
      </Panel>
      <div class="stack" aria-live="polite">
        {act.refusal && <Refused refusal={act.refusal} />}
        {answer && <Verdict answer={answer} />}
      </div>
    </div>
  );
}
