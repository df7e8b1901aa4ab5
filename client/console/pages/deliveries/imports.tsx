import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { SelectField, TextArea } from "../../parts/field.tsx";
import { count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/deliveries.ts";
import { Run, type RunReport } from "./run.tsx";

/** Files that were brought in, and a place to bring in another. */
export function Imports() {
  const isOwner = may(useSession(), ["owner"]);
  const read = useRead<{ readonly imports: readonly RunReport[] }>("/v1/imports", { every: 10_000 });
  const [shown, setShown] = useState<string>();
  return (
    <>
      <Send
        kinds={isOwner ? (Object.keys(WORDS.kinds) as (keyof typeof WORDS.kinds)[]) : ["notes"]}
        onSent={(run) => {
          setShown(run);
          read.reload();
        }}
      />
      {shown !== undefined && <Run key={shown} id={shown} onChange={read.reload} />}
      <Panel title={WORDS.runs}>
        <Loaded read={read}>
          {({ imports }) =>
            imports.length === 0 ? (
              <Empty title={WORDS.noRuns}>{WORDS.noRunsCure}</Empty>
            ) : (
              <Table
                label={WORDS.runs}
                rows={imports}
                rowKey={({ run }) => run}
                columns={[
                  { key: "at", label: WORDS.at, cell: ({ createdAt }) => <Time at={createdAt} /> },
                  { key: "kind", label: WORDS.kind, cell: ({ kind }) => WORDS.kinds[kind] },
                  {
                    key: "status",
                    label: WORDS.status,
                    cell: ({ status }) => <Badge tone={status === "done" ? "good" : "plain"}>{status}</Badge>,
                  },
                  {
                    key: "rows",
                    label: WORDS.rows,
                    isNumber: true,
                    cell: ({ counts }) => count(counts.rows),
                  },
                  {
                    key: "wrong",
                    label: WORDS.wrongRows,
                    isNumber: true,
                    cell: ({ counts }) => count(counts.invalid),
                  },
                  {
                    key: "show",
                    label: "",
                    cell: ({ run }) => (
                      <Button kind="quiet" onClick={() => setShown(run)}>
                        {WORDS.show}
                      </Button>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

type SendProps = {
  readonly kinds: readonly (keyof typeof WORDS.kinds)[];
  readonly onSent: (run: string) => void;
};

/** Has a file checked. Nothing reaches a customer by this alone. */
function Send({ kinds, onSent }: SendProps) {
  const [kind, setKind] = useState<string>(kinds[0] ?? "orders");
  const [options, setOptions] = useState("{}");
  const [file, setFile] = useState<File>();
  const [isMissing, setMissing] = useState(false);
  const send = useAct(async (chosen: File) => {
    const type = /\.(nd)?jsonl?$/i.test(chosen.name) ? "application/x-ndjson" : "text/csv";
    const report = await call<RunReport>(`/v1/import/${kind}?options=${encodeURIComponent(options)}`, {
      method: "POST",
      body: await chosen.text(),
      headers: { "content-type": type },
    });
    onSent(report.run);
  });
  return (
    <Panel title={WORDS.check} hint={WORDS.fileHint}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(!file);
          if (file) void send.run(file);
        }}
      >
        <SelectField
          label={WORDS.kind}
          value={kind}
          onValue={setKind}
          options={kinds.map((value) => ({ value, label: WORDS.kinds[value] }))}
        />
        <div class="field">
          <label for="deliveries-file">{WORDS.file}</label>
          <input
            id="deliveries-file"
            type="file"
            accept=".csv,.tsv,.ndjson,.jsonl,.json,text/csv"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? undefined)}
          />
          {isMissing && <p class="field-error">{WORDS.chooseFirst}</p>}
        </div>
        <TextArea
          label={WORDS.options}
          hint={WORDS.optionsHint}
          rows={3}
          spellcheck={false}
          value={options}
          onValue={setOptions}
        />
        {send.refusal && <Refused refusal={send.refusal} />}
        <div class="row">
          <Button kind="primary" type="submit" isBusy={send.isBusy}>
            {WORDS.check}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
