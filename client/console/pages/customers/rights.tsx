import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/customers.ts";

/** Hands a customer their data, or erases it, when they ask the shop instead of doing so themselves. */
export function Rights({ id }: { readonly id: string }) {
  const [isAsked, setAsked] = useState(false);
  const [receipt, setReceipt] = useState<string>();
  const path = `/v1/customers/${encodeURIComponent(id)}`;
  const save = useAct(async () => {
    const everything = await call<object>(`${path}/export`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(
      new Blob([JSON.stringify(everything, undefined, 2)], { type: "application/json" }),
    );
    link.download = `${id}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  const erase = useAct(async () => {
    const erased = await call<{ readonly receipt: string }>(path, { method: "DELETE" });
    setAsked(false);
    setReceipt(erased.receipt);
  });
  return (
    <Panel title={WORDS.own} hint={WORDS.ownHint}>
      <div class="row">
        <Button onClick={() => void save.run()} isBusy={save.isBusy}>
          {WORDS.export}
        </Button>
        <Button kind="danger" onClick={() => setAsked(true)}>
          {WORDS.erase}
        </Button>
      </div>
      {save.refusal && <Refused refusal={save.refusal} />}
      {receipt !== undefined && <p role="status">{WORDS.erased(receipt)}</p>}
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={WORDS.erase}
        verb={WORDS.erase}
        isDanger
        isBusy={erase.isBusy}
        onConfirm={() => void erase.run()}
      >
        <p>{WORDS.eraseSure(id)}</p>
        {erase.refusal && <Refused refusal={erase.refusal} />}
      </Confirm>
    </Panel>
  );
}
