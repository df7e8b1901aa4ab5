import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { SelectField, TextField, Toggle } from "../../parts/field.tsx";
import { Refused } from "../../parts/refused.tsx";
import { PURPOSES, TYPES } from "../../words/notices.ts";
import { WORDS } from "../../words/deliveries.ts";

type Props = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onMade: (secret: string | undefined) => void;
};

/** Names an address that is to be told, and of what. */
export function AddWebhook({ isOpen, onClose, onMade }: Props) {
  const [id, setId] = useState("");
  const [url, setUrl] = useState("");
  const [purpose, setPurpose] = useState("marketing");
  const [types, setTypes] = useState<readonly string[]>([]);
  const save = useAct(async () => {
    const made = await call<{ readonly secret?: string }>(`/v1/webhooks/${encodeURIComponent(id)}`, {
      method: "PUT",
      body: { url, types, purpose },
    });
    onMade(made.secret);
  });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={WORDS.addEndpoint}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <TextField label={WORDS.endpointId} hint={WORDS.endpointIdHint} value={id} onValue={setId} required />
        <TextField label={WORDS.url} hint={WORDS.urlHint} type="url" value={url} onValue={setUrl} required />
        <SelectField
          label={WORDS.purpose}
          value={purpose}
          onValue={setPurpose}
          options={Object.entries(PURPOSES).map(([value, label]) => ({ value, label }))}
        />
        <fieldset>
          <legend>{WORDS.types}</legend>
          <div class="deliveries-types">
            {Object.entries(TYPES).map(([type, label]) => (
              <Toggle
                key={type}
                label={label}
                value={types.includes(type)}
                onValue={(isOn) => setTypes(isOn ? [...types, type] : types.filter((one) => one !== type))}
              />
            ))}
          </div>
        </fieldset>
        {save.refusal && <Refused refusal={save.refusal} />}
        <div class="dialog-foot">
          <Button kind="primary" type="submit" isBusy={save.isBusy}>
            {WORDS.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
