import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/slots.ts";
import { differences, pretty, type Config } from "./config.ts";

type Revision = {
  readonly revision: number;
  readonly at: number;
  readonly author: string;
  readonly message: string;
};

/** Who published what and when; what it was otherwise; and the way back. */
export function Revisions() {
  const read = useRead<{ readonly revisions: readonly Revision[] }>("/v1/config/revisions");
  const [shown, setShown] = useState<number>();
  const [asked, setAsked] = useState<number>();
  const back = useAct(async () => {
    await call("/v1/config/rollback", { method: "POST", body: { revision: asked } });
    setAsked(undefined);
    read.reload();
  });
  return (
    <>
      <Panel title={WORDS.revisions}>
        <Loaded read={read} lines={5}>
          {({ revisions }) => (
            <Table
              label={WORDS.revisions}
              rows={revisions}
              rowKey={({ revision }) => String(revision)}
              columns={[
                { key: "revision", label: WORDS.revision, cell: ({ revision }) => revision },
                { key: "at", label: WORDS.when, cell: ({ at }) => <Time at={at} /> },
                { key: "by", label: WORDS.by, cell: ({ author }) => author },
                { key: "why", label: WORDS.why, cell: ({ message }) => message || "–" },
                {
                  key: "acts",
                  label: "",
                  cell: ({ revision }) =>
                    revision === revisions[0]?.revision ? null : (
                      <span class="row">
                        <Button kind="quiet" onClick={() => setShown(revision)}>
                          {WORDS.compare}
                        </Button>
                        <Button kind="quiet" onClick={() => setAsked(revision)}>
                          {WORDS.back}
                        </Button>
                      </span>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      {shown !== undefined && <DifferenceTo key={shown} revision={shown} />}
      <Confirm
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={WORDS.back}
        verb={WORDS.back}
        isBusy={back.isBusy}
        onConfirm={() => void back.run()}
      >
        <p>{asked !== undefined && WORDS.backSure(asked)}</p>
        {back.refusal && <Refused refusal={back.refusal} />}
      </Confirm>
    </>
  );
}

function DifferenceTo({ revision }: { readonly revision: number }) {
  const old = useRead<Config>(`/v1/config?revision=${revision}`);
  const now = useRead<Config>("/v1/config");
  return (
    <Panel title={WORDS.difference(revision)}>
      <Loaded read={old}>
        {(then) => {
          const found = now.data ? differences(then, now.data) : [];
          if (found.length === 0) return <p class="soft">{WORDS.noDifference}</p>;
          return found.map(({ part, one, other }) => (
            <section key={part} class="slots-difference" aria-label={part}>
              <h3>{part}</h3>
              <div>
                <p class="soft">{WORDS.had}</p>
                <pre tabIndex={0}>{one === undefined ? WORDS.nothing : pretty(one)}</pre>
              </div>
              <div>
                <p class="soft">{WORDS.has}</p>
                <pre tabIndex={0}>{other === undefined ? WORDS.nothing : pretty(other)}</pre>
              </div>
            </section>
          ));
        }}
      </Loaded>
    </Panel>
  );
}
