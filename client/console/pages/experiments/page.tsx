import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { Empty } from "../../parts/empty.tsx";
import { count, day } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/experiments.ts";
import type { Line } from "./answers.ts";
import { Detail } from "./detail.tsx";
import { Plan } from "./plan.tsx";

/** How a verdict looks from afar. */
export const TONES = { win: "good", loss: "bad", undecided: "plain", broken: "warn" } as const;

/** All experiments, or one of them. */
export function Page({ params }: { readonly params: readonly string[] }) {
  return params[0] === undefined ? <All /> : <Detail key={params[0]} id={params[0]} />;
}

function All() {
  const read = useRead<{ readonly experiments: readonly Line[] }>("/v1/experiments");
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <Panel title={WORDS.list} hint={WORDS.listHint}>
        <Loaded read={read} lines={5}>
          {({ experiments }) =>
            experiments.length === 0 ? (
              <Empty title={WORDS.none}>{WORDS.noneCure}</Empty>
            ) : (
              <Table
                label={WORDS.list}
                rows={experiments}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: "question",
                    label: WORDS.question,
                    cell: ({ id, question }) => <a href={addressOf("experiments", id)}>{question ?? id}</a>,
                    sortBy: ({ id, question }) => question ?? id,
                  },
                  {
                    key: "state",
                    label: WORDS.state,
                    cell: ({ status, verdict }) => (
                      <span class="row">
                        <Badge tone={TONES[verdict.state]}>{WORDS.states[verdict.state]}</Badge>
                        {status !== "running" && <Badge>{status}</Badge>}
                      </span>
                    ),
                  },
                  { key: "says", label: WORDS.says, cell: ({ verdict }) => verdict.headline },
                  {
                    key: "people",
                    label: WORDS.people,
                    isNumber: true,
                    cell: ({ progress }) => count(progress.users),
                    sortBy: ({ progress }) => progress.users,
                  },
                  {
                    key: "since",
                    label: WORDS.since,
                    cell: ({ progress }) => (progress.since ? day(progress.since) : "–"),
                    sortBy: ({ progress }) => progress.since ?? 0,
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      <Plan />
    </>
  );
}
