import { Empty } from "../../parts/empty.tsx";
import { count, percent, range } from "../../parts/format.ts";
import { Table } from "../../parts/table.tsx";
import { addressOf } from "../../shell/pages.ts";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/overview.ts";
import type { SlotPulse } from "./answers.ts";

/** Each slot's looks and clicks. */
export function Slots({ slots }: { readonly slots: readonly SlotPulse[] }) {
  const session = useSession();
  if (slots.length === 0)
    return (
      <Empty title={WORDS.noSlots} guide="/docs/">
        {WORDS.noSlotsCure}
      </Empty>
    );
  return (
    <Table
      label={WORDS.slots}
      rows={slots}
      rowKey={({ slot }) => slot}
      columns={[
        {
          key: "slot",
          label: WORDS.slot,
          cell: ({ slot }) =>
            may(session, ["owner", "marketer"]) ? <a href={addressOf("slots", slot)}>{slot}</a> : slot,
          sortBy: ({ slot }) => slot,
        },
        {
          key: "seen",
          label: WORDS.looks,
          isNumber: true,
          cell: ({ seen }) => count(seen),
          sortBy: ({ seen }) => seen,
        },
        {
          key: "clicks",
          label: WORDS.clicks,
          isNumber: true,
          cell: ({ clicks }) => count(clicks),
          sortBy: ({ clicks }) => clicks,
        },
        {
          key: "rate",
          label: WORDS.clickRate,
          isNumber: true,
          cell: ({ clickRate }) =>
            clickRate ? (
              <>
                {percent(clickRate.estimate)}{" "}
                <span class="soft">({range(percent(clickRate.low), percent(clickRate.high))})</span>
              </>
            ) : (
              "–"
            ),
          sortBy: ({ clickRate }) => clickRate?.estimate ?? -1,
        },
      ]}
    />
  );
}
