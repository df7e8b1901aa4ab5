import { useMemo, useState } from "preact/hooks";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { SelectField } from "../../parts/field.tsx";
import { WORDS } from "../../words/slots.ts";
import { differences, pretty, withPart, type Config } from "./config.ts";

type Props = {
  readonly base: Config;
  readonly yours: Config;
  readonly theirs: Config;
  readonly revision: string;
  readonly onClose: () => void;
  readonly onMerged: (config: Config) => void;
};

/**
 * Two people changed the config. What only one of them changed is taken over; where both changed the same part, whoever
 * stands here chooses. Nothing is published by this.
 */
export function Merge({ base, yours, theirs, revision, onClose, onMerged }: Props) {
  const own = useMemo(() => differences(base, yours), [base, yours]);
  const both = useMemo(
    () => own.filter(({ part }) => differences(base, theirs).some((one) => one.part === part)),
    [base, theirs, own],
  );
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const merge = (): Config => {
    let merged = theirs;
    for (const { part, other } of own)
      if (!both.some((one) => one.part === part) || chosen[part] === "yours")
        merged = withPart(merged, part, other);
    return merged;
  };
  return (
    <Dialog isOpen onClose={onClose} title={WORDS.conflict} isWide>
      <p>{WORDS.conflictLead(revision)}</p>
      {both.map(({ part, other }) => (
        <div key={part} class="slots-both">
          <SelectField
            label={part}
            value={chosen[part] ?? "theirs"}
            onValue={(side) => setChosen({ ...chosen, [part]: side })}
            options={[
              { value: "theirs", label: WORDS.theirs },
              { value: "yours", label: WORDS.yours },
            ]}
          />
          <pre tabIndex={0}>
            {pretty(differences(base, theirs).find((one) => one.part === part)?.other) ?? "–"}
          </pre>
          <pre tabIndex={0}>{pretty(other) ?? "–"}</pre>
        </div>
      ))}
      <div class="dialog-foot">
        <Button kind="primary" onClick={() => onMerged(merge())}>
          {WORDS.merge}
        </Button>
      </div>
    </Dialog>
  );
}
