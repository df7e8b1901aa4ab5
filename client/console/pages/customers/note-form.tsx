import { useState } from "preact/hooks";
import type { RunReport } from "../../../../src/core/import/report.ts";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { SelectField, TextArea, TextField } from "../../parts/field.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/customers.ts";

/** Takes a note about the customer, through the same door as files of notes. */
export function NoteForm({ id, onSaved }: { readonly id: string; readonly onSaved: () => void }) {
  const { label } = useSession();
  const [author, setAuthor] = useState(label);
  const [intent, setIntent] = useState("browsing");
  const [text, setText] = useState("");
  const [said, setSaid] = useState<string>();
  const save = useAct(async () => {
    setSaid(undefined);
    const note = { customerId: id, at: new Date().toISOString(), author, intent, text };
    const report = await call<RunReport>(
      `/v1/import/notes?options=${encodeURIComponent('{"commit":true}')}`,
      {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: `${JSON.stringify(note)}\n`,
      },
    );
    const [error] = report.errors;
    if (error) return setSaid(WORDS.notSaved(`${error.detail} ${error.cure ?? ""}`));
    setText("");
    setSaid(WORDS.saved);
    // The commit goes on by itself; a moment later it is in the timeline.
    setTimeout(onSaved, 1_500);
  });
  return (
    <Panel title={WORDS.notes} hint={WORDS.notesHint}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <TextArea label={WORDS.note} rows={3} maxLength={4096} value={text} onValue={setText} />
        <SelectField
          label={WORDS.intent}
          value={intent}
          onValue={setIntent}
          options={Object.entries(WORDS.intents).map(([value, label]) => ({ value, label }))}
        />
        <TextField label={WORDS.author} value={author} onValue={setAuthor} required maxLength={64} />
        {save.refusal && <Refused refusal={save.refusal} />}
        {said !== undefined && <p role="status">{said}</p>}
        <div class="row">
          <Button kind="primary" type="submit" isBusy={save.isBusy}>
            {WORDS.save}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
