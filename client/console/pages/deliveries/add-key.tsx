import { useState } from "preact/hooks";
import type { Role } from "../../../../src/core/access/role.ts";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/deliveries.ts";

/** Makes a key for a person or a system. */
export function AddKey({ onMade }: { readonly onMade: (key: string) => void }) {
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<string>("marketer");
  const add = useAct(async () => {
    const request =
      role === "server"
        ? { kind: "sk", label }
        : role === "page"
          ? { kind: "pk", label }
          : { kind: "ak", role, label };
    const { key } = await call<{ readonly key: string }>("/v1/keys", { method: "POST", body: request });
    setLabel("");
    onMade(key);
  });
  return (
    <form
      class="deliveries-add"
      onSubmit={(event) => {
        event.preventDefault();
        void add.run();
      }}
    >
      <TextField
        label={WORDS.label}
        placeholder={WORDS.labelHint}
        value={label}
        onValue={setLabel}
        maxLength={64}
        required
      />
      <SelectField
        label={WORDS.role}
        value={role}
        onValue={setRole}
        options={(Object.keys(WORDS.roles) as Role[]).map((value) => ({ value, label: WORDS.roles[value] }))}
      />
      <Button kind="primary" type="submit" isBusy={add.isBusy}>
        {WORDS.addKey}
      </Button>
      {add.refusal && <Refused refusal={add.refusal} />}
    </form>
  );
}
