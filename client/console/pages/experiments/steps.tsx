import { useState } from "preact/hooks";
import { call, send } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Refused } from "../../parts/refused.tsx";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/experiments.ts";
import type { Report } from "./answers.ts";

type Config = { readonly experiments?: readonly { readonly id: string; readonly status?: string }[] };

/** Stops an experiment in the config as it is published now; nothing else of it changes. */
async function stop(id: string): Promise<void> {
  const read = await send("/v1/config");
  const config = (await read.json()) as Config;
  await call(`/v1/config?message=${encodeURIComponent(`${WORDS.stopped}: ${id}`)}`, {
    method: "PUT",
    headers: { "if-match": read.headers.get("etag") ?? "" },
    body: {
      ...config,
      experiments: config.experiments?.map((one) => (one.id === id ? { ...one, status: "stopped" } : one)),
    },
  });
}

/** What a marketer can do about an experiment now: take or refuse what is proposed, or stop it. */
export function Steps({ report, onDone }: { readonly report: Report; readonly onDone: () => void }) {
  const session = useSession();
  const [asked, setAsked] = useState<"approve" | "refuse" | "stop">();
  const act = useAct(async () => {
    if (asked === "stop") await stop(report.id);
    else
      await call(`/v1/experiments/${encodeURIComponent(report.id)}/step`, {
        method: "POST",
        body: { approve: asked === "approve" },
      });
    setAsked(undefined);
    onDone();
  });
  if (!may(session, ["owner", "marketer"])) return null;
  const { proposal } = report;
  const step = proposal && !proposal.isRefused ? proposal : undefined;
  const verb =
    asked === "stop" || step?.action !== "promote" ? WORDS.stop : WORDS.promote(step.variation ?? "");
  return (
    <>
      {step && (
        <>
          <span>{WORDS.proposal}:</span>
          <Button kind="primary" onClick={() => setAsked("approve")}>
            {step.action === "promote" ? WORDS.promote(step.variation ?? "") : WORDS.stop}
          </Button>
          <Button onClick={() => setAsked("refuse")}>{WORDS.refuse}</Button>
        </>
      )}
      {report.status === "running" && report.id !== "holdout" && (
        <Button kind="danger" onClick={() => setAsked("stop")}>
          {WORDS.stopNow}
        </Button>
      )}
      <Confirm
        isOpen={asked !== undefined}
        onClose={() => {
          setAsked(undefined);
          act.clear();
        }}
        title={asked === "stop" ? WORDS.stopNow : WORDS.proposal}
        verb={asked === "refuse" ? WORDS.refuse : verb}
        isDanger={asked === "stop"}
        isBusy={act.isBusy}
        onConfirm={() => void act.run()}
      >
        <p>{asked === "stop" ? WORDS.stopSure : (step?.reason ?? "")}</p>
        {asked === "approve" && <p class="hint">{WORDS.approveSure}</p>}
        {act.refusal && <Refused refusal={act.refusal} />}
      </Confirm>
    </>
  );
}
