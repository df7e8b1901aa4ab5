import { useRead } from "../../api/use-read.ts";
import type { Read } from "../../api/use-read.ts";
import { Figure } from "../../parts/figure.tsx";
import { change, count, money, percent, range } from "../../parts/format.ts";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/overview.ts";
import type { Equity, Impact, Pulse } from "./answers.ts";

/** The four figures on top. Each comes when it comes: none waits for another. */
export function Worth({ pulse }: { readonly pulse: Read<Pulse> }) {
  const impact = useRead<Impact>("/v1/impact");
  const equity = useRead<Equity>("/v1/equity");
  return (
    <Panel title={WORDS.worth} isWide>
      <dl class="figures">
        <Incremental {...impact} />
        <CustomerEquity {...equity} />
        <Counts {...pulse} />
      </dl>
      {impact.data?.total && <p class="hint">{impact.data.total.sentence}</p>}
      {[impact, equity].map(
        ({ refusal, reload }, at) => refusal && <Refused key={at} refusal={refusal} onRetry={reload} />,
      )}
    </Panel>
  );
}

function Incremental({ data }: Read<Impact>) {
  const revenue = data?.total?.revenue;
  const currency = data?.currency;
  const isTold =
    revenue && currency && revenue.estimate !== null && revenue.low !== null && revenue.high !== null;
  const write = (minor: number): string => money({ minor, currency: currency! });
  return (
    <Figure
      label={WORDS.incremental}
      hint={WORDS.incrementalHint}
      value={data ? (isTold ? write(revenue.estimate!) : WORDS.notYet) : "…"}
      range={isTold ? range(write(revenue.low!), write(revenue.high!)) : undefined}
    />
  );
}

function CustomerEquity({ data }: Read<Equity>) {
  const own = data?.currencies.find(({ total }) => total);
  const last = data?.movement?.find(({ currency }) => currency === own?.currency)?.days.at(-1);
  const grown = last && last.opening.minor > 0 ? last.closing.minor / last.opening.minor - 1 : undefined;
  return (
    <Figure
      label={WORDS.equity}
      hint={WORDS.equityHint}
      value={own?.total ? money(own.total.clv) : data ? WORDS.notYet : "…"}
      range={own?.total ? range(money(own.total.interval.low), money(own.total.interval.high)) : undefined}
      change={
        grown === undefined || grown === 0
          ? undefined
          : { text: WORDS.equityChange(change(grown, 2)), isGood: grown > 0 }
      }
    />
  );
}

function Counts({ data }: Read<Pulse>) {
  const sum = (of: (day: Pulse["days"][number]) => number): number =>
    data?.days.reduce((all, day) => all + of(day), 0) ?? 0;
  const measured = sum(({ decisions }) => decisions.measured);
  const all = measured + sum(({ decisions }) => decisions.unmeasured);
  const seen = data?.slots.reduce((total, slot) => total + slot.seen, 0) ?? 0;
  const clicks = data?.slots.reduce((total, slot) => total + slot.clicks, 0) ?? 0;
  return (
    <>
      <Figure
        label={WORDS.decisions}
        hint={WORDS.decisionsHint}
        value={data ? count(all) : "…"}
        range={all > 0 ? WORDS.measuredShare(percent(measured / all, 0)) : undefined}
      />
      <Figure
        label={WORDS.clickRate}
        hint={WORDS.clickRateHint}
        value={seen > 0 ? percent(clicks / seen) : data ? WORDS.notYet : "…"}
      />
    </>
  );
}
