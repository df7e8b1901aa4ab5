import { useRead } from "../../api/use-read.ts";
import { Bar } from "../../parts/bar.tsx";
import { Empty } from "../../parts/empty.tsx";
import { count, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/segments.ts";

type Group = {
  readonly id: string;
  readonly description: string;
  readonly people: number;
  readonly share: number;
};

/** Groups of people who are alike, as they were found. */
export function Groups() {
  const read = useRead<{ readonly segments: readonly Group[] }>("/v1/insight/micro-segments");
  return (
    <Panel title={WORDS.micro} hint={WORDS.microHint}>
      <Loaded read={read} lines={5}>
        {({ segments }) =>
          segments.length === 0 ? (
            <Empty title={WORDS.noMicro}>{WORDS.noMicroCure}</Empty>
          ) : (
            <Table
              label={WORDS.micro}
              rows={segments}
              rowKey={({ id }) => id}
              columns={[
                { key: "description", label: WORDS.description, cell: ({ description }) => description },
                {
                  key: "people",
                  label: WORDS.people,
                  isNumber: true,
                  cell: ({ people }) => count(people),
                  sortBy: ({ people }) => people,
                },
                {
                  key: "share",
                  label: WORDS.share,
                  cell: ({ share }) => <Bar share={share} label={percent(share)} />,
                  sortBy: ({ share }) => share,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
