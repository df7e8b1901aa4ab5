import { Badge } from "../../parts/badge.tsx";
import { Bar } from "../../parts/bar.tsx";
import { Figure } from "../../parts/figure.tsx";
import { count, percent } from "../../parts/format.ts";
import { WORDS } from "../../words/overview.ts";
import type { Pulse } from "./answers.ts";

const YOUNG_BELOW = 0.2;
const MATURE_FROM = 0.6;

/** What the model knows, and how far learning and reports are behind. */
export function Learned({ model, ledger }: Pick<Pulse, "model" | "ledger">) {
  const { coverage } = model;
  const state = coverage < YOUNG_BELOW ? "young" : coverage < MATURE_FROM ? "growing" : "mature";
  const seconds = (ms: number): string => WORDS.seconds(count(ms / 1000));
  return (
    <>
      <dl class="figures">
        <Figure
          label={WORDS.state}
          hint={WORDS.stateHint}
          value={<Badge tone={state === "young" ? "warn" : "good"}>{WORDS[state]}</Badge>}
        />
        <Figure label={WORDS.behind} value={model.lagMs === undefined ? "–" : seconds(model.lagMs)} />
        <Figure label={WORDS.booksBehind} hint={WORDS.booksHint} value={seconds(ledger.p99Ms)} />
        <Figure label={WORDS.erasures} value={count(ledger.owed)} />
      </dl>
      <div>
        <p>
          {WORDS.coverage}: {WORDS.coverageOf(count(model.items), count(model.catalogItems))}
        </p>
        <Bar share={coverage} label={percent(coverage, 0)} />
        <p class="hint">{WORDS.coverageHint}</p>
      </div>
    </>
  );
}
