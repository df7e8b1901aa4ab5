import { Button } from "../../parts/button.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { ABOUT, OPERATORS, WORDS } from "../../words/segments.ts";
import { COUNTED, NEW_LINE, TEXTS, type About, type Line } from "./condition.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** The form: a line for each condition. */
export function Lines({
  lines,
  onLines,
}: {
  readonly lines: readonly Line[];
  readonly onLines: (lines: readonly Line[]) => void;
}) {
  const change = (at: number, by: Partial<Line>): void =>
    onLines(lines.map((line, index) => (index === at ? { ...line, ...by } : line)));
  return (
    <>
      {lines.map((line, at) => (
        <fieldset key={at} class="segments-line">
          <legend>{`${WORDS.condition} ${at + 1}`}</legend>
          <SelectField
            label={WORDS.about}
            value={line.about}
            onValue={(about) => change(at, { about: about as About })}
            options={options(ABOUT)}
          />
          {!TEXTS.includes(line.about) && (
            <SelectField
              label={WORDS.is}
              value={line.operator}
              onValue={(operator) => change(at, { operator: operator as Line["operator"] })}
              options={options(OPERATORS)}
            />
          )}
          <TextField
            label={WORDS.than}
            type={TEXTS.includes(line.about) ? "text" : "number"}
            step="any"
            value={line.value}
            onValue={(value) => change(at, { value })}
          />
          {COUNTED[line.about] && (
            <TextField
              label={WORDS.days}
              type="number"
              min="1"
              max="400"
              value={line.days}
              onValue={(days) => change(at, { days })}
            />
          )}
          {lines.length > 1 && (
            <Button kind="quiet" onClick={() => onLines(lines.filter((_, index) => index !== at))}>
              {WORDS.drop}
            </Button>
          )}
        </fieldset>
      ))}
      <div class="row">
        <Button onClick={() => onLines([...lines, NEW_LINE])}>{WORDS.add}</Button>
      </div>
    </>
  );
}
