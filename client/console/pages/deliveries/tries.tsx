import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { Time } from "../../parts/time.tsx";
import { WORDS } from "../../words/deliveries.ts";

type Try = {
  readonly at: number;
  readonly endpoint: string;
  readonly id: string;
  readonly type: string;
  readonly tries: number;
  readonly outcome: "delivered" | "failed" | "parked" | "withheld";
  readonly reason: string;
  readonly ms: number;
};
const TONES = { delivered: "good", failed: "warn", parked: "bad", withheld: "plain" } as const;

/** The latest tries to deliver, and what came of each. */
export function Tries() {
  const read = useRead<{ readonly tries: readonly Try[] }>("/v1/webhooks/deliveries", { every: 15_000 });
  return (
    <Panel title={WORDS.tries}>
      <Loaded read={read}>
        {({ tries }) => (
          <Table
            label={WORDS.tries}
            emptyText={WORDS.noTries}
            rows={tries}
            rowKey={({ id, endpoint, tries }) => `${endpoint} ${id} ${tries}`}
            columns={[
              { key: "at", label: WORDS.at, cell: ({ at }) => <Time at={at} /> },
              { key: "endpoint", label: WORDS.endpoint, cell: ({ endpoint }) => endpoint },
              { key: "type", label: WORDS.type, cell: ({ type }) => type.replaceAll("_", " ") },
              {
                key: "outcome",
                label: WORDS.outcome,
                cell: ({ outcome, reason }) => (
                  <>
                    <Badge tone={TONES[outcome]}>{outcome}</Badge> {reason}
                  </>
                ),
              },
              { key: "tries", label: WORDS.tryNumber, isNumber: true, cell: ({ tries }) => count(tries) },
              { key: "ms", label: WORDS.took, isNumber: true, cell: ({ ms }) => `${count(ms)} ms` },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
