import { useRead } from "../../api/use-read.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { WORDS } from "../../words/overview.ts";
import type { Pulse } from "./answers.ts";
import { Days } from "./days.tsx";
import { Learned } from "./learned.tsx";
import { Live } from "./live.tsx";
import { OverTime } from "./over-time.tsx";
import { Slots } from "./slots.tsx";
import { Worth } from "./worth.tsx";

const EVERY_MS = 30_000;

/** The first page: worth, days, slots, what was learned, and what happens now. */
export function Page() {
  const pulse = useRead<Pulse>("/v1/pulse", { every: EVERY_MS });
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <div class="panels">
        <Worth pulse={pulse} />
        <Panel title={WORDS.perDay}>
          <Loaded read={pulse} lines={6}>
            {({ days }) => <Days days={days} />}
          </Loaded>
        </Panel>
        <OverTime />
        <Panel title={WORDS.slots} hint={WORDS.slotsHint}>
          <Loaded read={pulse} lines={5}>
            {({ slots }) => <Slots slots={slots} />}
          </Loaded>
        </Panel>
        <Live />
        <Panel title={WORDS.model}>
          <Loaded read={pulse}>{({ model, ledger }) => <Learned model={model} ledger={ledger} />}</Loaded>
        </Panel>
      </div>
    </>
  );
}
