import type { FileReport, RunReport as Report } from "../../../../src/core/import/report.ts";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../parts/button.tsx";
import { Figure } from "../../parts/figure.tsx";
import { count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Progress } from "../../parts/progress.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/deliveries.ts";

export type RunReport = Report;

/** One run: what is wrong with its file, its commit, and how far that is. It goes on without this page. */
export function Run({ id, onChange }: { readonly id: string; readonly onChange: () => void }) {
  const path = `/v1/imports/${encodeURIComponent(id)}`;
  const read = useRead<Report>(path, { every: 2_000 });
  const commit = useAct(async (acceptInvalid: boolean) => {
    await call(`${path}/commit`, { method: "POST", body: acceptInvalid ? { acceptInvalid } : {} });
    read.reload();
    onChange();
  });
  return (
    <Panel title={`${WORDS.run} ${id}`}>
      <Loaded read={read}>
        {({ status, counts, errors, columns, progress, outcome }) => (
          <>
            <dl class="figures">
              <Figure label={WORDS.status} value={status} />
              <Figure label={WORDS.rows} value={count(counts.rows)} />
              <Figure label={WORDS.wrongRows} value={count(counts.invalid)} />
            </dl>
            {columns.unused.length > 0 && (
              <p class="hint">{WORDS.unusedColumns(columns.unused.join(", "))}</p>
            )}
            {status === "committing" && progress && (
              <Progress label={WORDS.progress} value={progress.done} max={progress.chunks} />
            )}
            {outcome && status === "done" && (
              <p>{WORDS.accepted(count(outcome.accepted), count(outcome.duplicates))}</p>
            )}
            {errors.length > 0 && <WrongRows errors={errors} />}
            {commit.refusal && <Refused refusal={commit.refusal} />}
            {status === "staged" && (
              <div class="row">
                <Button
                  kind="primary"
                  isBusy={commit.isBusy}
                  onClick={() => void commit.run(counts.invalid > 0)}
                >
                  {counts.invalid > 0 ? WORDS.commitAnyway : WORDS.commit}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function WrongRows({ errors }: Pick<FileReport, "errors">) {
  return (
    <Table
      label={WORDS.wrongLines}
      rows={errors}
      rowKey={(error) => `${error.line} ${error.pointer ?? ""} ${error.code}`}
      columns={[
        { key: "line", label: WORDS.line, isNumber: true, cell: ({ line }) => count(line) },
        {
          key: "what",
          label: WORDS.what,
          cell: ({ detail, pointer }) => (
            <>
              {detail} {pointer !== undefined && <code>{pointer}</code>}
            </>
          ),
        },
        { key: "cure", label: WORDS.cure, cell: ({ cure }) => cure ?? "–" },
      ]}
    />
  );
}
