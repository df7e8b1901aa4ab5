import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { Empty } from "../../parts/empty.tsx";
import { count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/deliveries.ts";

type Told = number | { readonly withheld: true };
type Trigger = {
  readonly id: string;
  readonly title: string;
  readonly isEnabled: boolean;
  readonly when: string;
  readonly purpose: string;
  readonly fired: Told;
  readonly lapsed: Readonly<Record<string, Told>>;
};

const told = (value: Told): string => (typeof value === "number" ? count(value) : WORDS.few);
const words = (code: string): string => code.replaceAll("_", " ");

/** Each trigger: how often it fired, and why it did not. */
export function Triggers() {
  const read = useRead<{ readonly triggers: readonly Trigger[] }>("/v1/triggers");
  return (
    <Panel title={WORDS.triggers} hint={WORDS.triggersHint}>
      <Loaded read={read}>
        {({ triggers }) =>
          triggers.length === 0 ? (
            <Empty title={WORDS.noTriggers}>{WORDS.noTriggersCure}</Empty>
          ) : (
            <Table
              label={WORDS.triggers}
              rows={triggers}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: "title",
                  label: WORDS.trigger,
                  cell: ({ title, isEnabled }) => (
                    <>
                      {title} {!isEnabled && <Badge>{WORDS.off}</Badge>}
                    </>
                  ),
                },
                { key: "when", label: WORDS.when, cell: ({ when }) => words(when) },
                { key: "purpose", label: WORDS.purpose, cell: ({ purpose }) => words(purpose) },
                { key: "fired", label: WORDS.fired, isNumber: true, cell: ({ fired }) => told(fired) },
                {
                  key: "lapsed",
                  label: WORDS.lapsed,
                  cell: ({ lapsed }) =>
                    Object.entries(lapsed)
                      .map(([why, times]) => `${words(why)}: ${told(times)}`)
                      .join(", ") || "–",
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
