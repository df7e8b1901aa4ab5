import { useState } from "preact/hooks";
import type { Needed, PlanAnswer } from "../../../../src/core/experiment/plan.ts";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { Figure } from "../../parts/figure.tsx";
import { count } from "../../parts/format.ts";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/experiments.ts";

/** How long an experiment would take, from the shop's own figures. */
export function Plan() {
  const [metric, setMetric] = useState("conversion");
  const [lift, setLift] = useState("10");
  const [power, setPower] = useState("80");
  const [variations, setVariations] = useState("2");
  const [answer, setAnswer] = useState<PlanAnswer>();
  const ask = useAct(async () => {
    setAnswer(undefined);
    setAnswer(
      await call<PlanAnswer>("/v1/experiments/plan", {
        method: "POST",
        body: {
          metric,
          lift: Number(lift) / 100,
          power: Number(power) / 100,
          variations: Number(variations),
        },
      }),
    );
  });
  return (
    <Panel title={WORDS.plan} hint={WORDS.planHint}>
      <form
        class="experiments-plan"
        onSubmit={(event) => {
          event.preventDefault();
          void ask.run();
        }}
      >
        <SelectField
          label={WORDS.planMetric}
          value={metric}
          onValue={setMetric}
          options={Object.entries(WORDS.metrics).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          label={WORDS.planLift}
          type="number"
          min="0.1"
          max="1000"
          step="any"
          value={lift}
          onValue={setLift}
        />
        <TextField label={WORDS.planPower} type="number" min="50" max="99" value={power} onValue={setPower} />
        <TextField
          label={WORDS.planVariations}
          type="number"
          min="2"
          max="20"
          value={variations}
          onValue={setVariations}
        />
        <Button kind="primary" type="submit" isBusy={ask.isBusy}>
          {WORDS.planAsk}
        </Button>
      </form>
      {ask.refusal && <Refused refusal={ask.refusal} />}
      {answer && (
        <div role="status" class="stack">
          <p>{answer.sentence}</p>
          <dl class="figures">
            <NeededFigure label={WORDS.anytime} needed={answer.anytime} />
            <NeededFigure label={WORDS.planned} needed={answer.planned} />
            <NeededFigure label={WORDS.oneLook} needed={answer.oneLook} />
          </dl>
        </div>
      )}
    </Panel>
  );
}

function NeededFigure({
  label,
  needed: { visitors, days },
}: {
  readonly label: string;
  readonly needed: Needed;
}) {
  return (
    <Figure
      label={label}
      value={WORDS.visitors(count(visitors, 0))}
      range={days === null ? WORDS.daysUnknown : WORDS.days(count(Math.ceil(days), 0))}
    />
  );
}
