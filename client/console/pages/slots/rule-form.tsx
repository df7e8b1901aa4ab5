import { useState } from "preact/hooks";
import { Button } from "../../parts/button.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { WORDS } from "../../words/slots.ts";
import { Reach } from "./reach.tsx";
import type { Rule } from "./config.ts";

type Deed = keyof typeof WORDS.deeds;
const list = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

type Form = {
  readonly name: string;
  readonly slots: string;
  readonly deed: Deed;
  readonly items: string;
  readonly field: string;
  readonly value: string;
  readonly strength: string;
  readonly segment: string;
};
const EMPTY: Form = {
  name: "",
  slots: "",
  deed: "pin",
  items: "",
  field: "type",
  value: "",
  strength: "2",
  segment: "",
};

/** The rule that the form says. */
export function ruleOf({ name, slots, deed, items, field, value, strength, segment }: Form): Rule {
  const where =
    field === "type"
      ? { type: { $regex: `^${escaped(value)}` } }
      : field === "tags"
        ? { tags: { $in: [value] } }
        : { [field]: value };
  const does =
    deed === "pin" || deed === "hide"
      ? { do: deed, items: list(items) }
      : deed === "filter"
        ? { do: deed, where }
        : { do: deed, where, strength: Number(strength) };
  return {
    id: name,
    ...(slots.trim() === "" ? {} : { slots: list(slots) }),
    ...(segment.trim() === "" ? {} : { when: { segments: { $in: [segment.trim()] } } }),
    then: [does],
  };
}

/** The common rules by form: pin, hide, lift, lower, filter; for everybody or a segment. */
export function RuleForm({
  isOff,
  onRule,
}: {
  readonly isOff: boolean;
  readonly onRule: (rule: Rule) => void;
}) {
  const [form, setForm] = useState(EMPTY);
  const set = (name: keyof Form) => (value: string) => setForm({ ...form, [name]: value });
  const isOfItems = form.deed === "pin" || form.deed === "hide";
  const isFactored = form.deed === "boost" || form.deed === "bury";
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onRule(ruleOf(form));
        setForm(EMPTY);
      }}
    >
      <TextField
        label={WORDS.ruleName}
        hint={WORDS.ruleNameHint}
        value={form.name}
        onValue={set("name")}
        required
        maxLength={64}
      />
      <TextField label={WORDS.onSlots} value={form.slots} onValue={set("slots")} />
      <SelectField
        label={WORDS.does}
        value={form.deed}
        onValue={set("deed")}
        options={options(WORDS.deeds)}
      />
      {isOfItems ? (
        <TextField label={WORDS.items} value={form.items} onValue={set("items")} required />
      ) : (
        <>
          <SelectField
            label={WORDS.field}
            value={form.field}
            onValue={set("field")}
            options={options(WORDS.fields)}
          />
          <TextField label={WORDS.is} value={form.value} onValue={set("value")} required />
        </>
      )}
      {isFactored && (
        <TextField
          label={WORDS.strength}
          type="number"
          min="0"
          step="any"
          value={form.strength}
          onValue={set("strength")}
        />
      )}
      <TextField label={WORDS.onlyFor} value={form.segment} onValue={set("segment")} />
      <Reach segment={form.segment.trim()} />
      <div class="row">
        <Button kind="primary" type="submit" disabled={isOff}>
          {WORDS.addRule}
        </Button>
      </div>
    </form>
  );
}
