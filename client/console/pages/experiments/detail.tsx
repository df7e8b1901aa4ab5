import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { count, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/experiments.ts";
import { Allocation } from "./allocation.tsx";
import type { Report } from "./answers.ts";
import { Goals } from "./goals.tsx";
import { OverTime } from "./over-time.tsx";
import { TONES } from "./page.tsx";
import { Steps } from "./steps.tsx";
import { Variations } from "./variations.tsx";

/** One experiment: the safe sentence first, then what it rests on. */
export function Detail({ id }: { readonly id: string }) {
  const read = useRead<Report>(`/v1/experiments/${encodeURIComponent(id)}`, { every: 60_000 });
  const { data } = read;
  return (
    <>
      <PageHead
        title={data?.question ?? id}
        lead={<a href={addressOf("experiments")}>{WORDS.back}</a>}
        actions={data && <Steps report={data} onDone={read.reload} />}
      />
      <Loaded read={read} lines={8}>
        {(report) => (
          <div class="panels">
            <Verdict report={report} />
            <Panel title={WORDS.goals} hint={WORDS.goalsHint} isWide>
              <Goals report={report} />
            </Panel>
            <Panel title={WORDS.overTime} hint={WORDS.overTimeHint}>
              <OverTime report={report} />
            </Panel>
            <Panel title={WORDS.split}>
              <p>
                {report.split.blocks ? (
                  <Badge tone="bad">{WORDS.splitBad}</Badge>
                ) : (
                  WORDS.splitFine(percent(report.split.p ?? 1))
                )}
              </p>
            </Panel>
            <Panel title={WORDS.variations} isWide>
              <Variations report={report} />
            </Panel>
            {report.bandit?.turns && report.bandit.turns.length > 0 && (
              <Allocation turns={report.bandit.turns} />
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Verdict({ report: { verdict, progress, unmeasuredShare } }: { readonly report: Report }) {
  return (
    <Panel title={WORDS.verdict} isWide>
      <p class="row">
        <Badge tone={TONES[verdict.state]}>{WORDS.states[verdict.state]}</Badge>
        <strong>{verdict.headline}</strong>
      </p>
      {verdict.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>
        <strong>{WORDS.toDo}:</strong> {verdict.action}
      </p>
      <p class="hint">
        {WORDS.progress(count(progress.users), count(progress.days))}
        {unmeasuredShare ? ` ${WORDS.unmeasured(percent(unmeasuredShare, 0))}` : ""}
      </p>
    </Panel>
  );
}
