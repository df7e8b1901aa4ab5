import { useRead } from "../../api/use-read.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/deliveries.ts";

type Entry = { readonly at: number; readonly actor: string; readonly act: string };

/** Who changed what and when. */
export function Audit() {
  const read = useRead<{ readonly entries: readonly Entry[] }>("/v1/audit");
  return (
    <Panel title={WORDS.audit}>
      <Loaded read={read}>
        {({ entries }) => (
          <Table
            label={WORDS.audit}
            emptyText={WORDS.noAudit}
            rows={entries}
            rowKey={(entry) => JSON.stringify(entry)}
            columns={[
              { key: "at", label: WORDS.at, cell: ({ at }) => <Time at={at} /> },
              { key: "who", label: WORDS.who, cell: ({ actor }) => actor },
              { key: "what", label: WORDS.audit, cell: ({ act }) => act },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
