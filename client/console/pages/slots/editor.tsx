import { useEffect, useState } from "preact/hooks";
import { call, send } from "../../api/call.ts";
import { Refusal } from "../../api/refusal.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { WORDS } from "../../words/slots.ts";
import { Check } from "./check.tsx";
import { Compare } from "./compare.tsx";
import { pretty, readText, type Config } from "./config.ts";
import { JsonField } from "./json-field.tsx";
import { Merge } from "./merge.tsx";
import { RuleForm } from "./rule-form.tsx";

type Base = { readonly config: Config; readonly etag: string };
const fetchConfig = async (): Promise<Base> => {
  const read = await send("/v1/config");
  return { config: (await read.json()) as Config, etag: read.headers.get("etag") ?? "" };
};

/** The config by form and JSON, in step with each other: checked as it is typed, looked at, then published. */
export function Editor() {
  const [base, setBase] = useState<Base>();
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const [said, setSaid] = useState<string>();
  const [theirs, setTheirs] = useState<Base>();
  const load = useAct(async () => {
    const next = await fetchConfig();
    setBase(next);
    setText(pretty(next.config));
  });
  useEffect(() => void load.run(), []);
  const read = readText(text);
  const config = "config" in read ? read.config : undefined;
  const publish = useAct(async () => {
    if (!base || !config) return;
    setSaid(undefined);
    try {
      const { revision } = await call<{ readonly revision: number }>(
        `/v1/config?message=${encodeURIComponent(message)}`,
        { method: "PUT", headers: { "if-match": base.etag }, body: config },
      );
      setBase({ config, etag: `"${revision}"` });
      setMessage("");
      setSaid(WORDS.published(revision));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "config_changed") throw error;
      setTheirs(await fetchConfig());
    }
  });
  if (!base)
    return load.refusal ? (
      <Refused refusal={load.refusal} onRetry={() => void load.run()} />
    ) : (
      <Skeleton lines={8} />
    );
  const isChanged = config !== undefined && JSON.stringify(config) !== JSON.stringify(base.config);
  return (
    <>
      <div class="slots-editor">
        <Panel title={WORDS.form} hint={WORDS.formHint}>
          <RuleForm
            isOff={config === undefined}
            onRule={(rule) =>
              config && setText(pretty({ ...config, rules: [...(config.rules ?? []), rule] }))
            }
          />
        </Panel>
        <Panel title={WORDS.json} hint={WORDS.jsonHint}>
          <JsonField text={text} onText={setText} label={WORDS.json} />
          <Check text={text} read={read} />
        </Panel>
      </div>
      <Panel title={WORDS.publish}>
        <form
          class="slots-publish"
          onSubmit={(event) => {
            event.preventDefault();
            void publish.run();
          }}
        >
          <TextField label={WORDS.message} value={message} onValue={setMessage} maxLength={500} />
          <Button kind="primary" type="submit" isBusy={publish.isBusy} disabled={!isChanged}>
            {WORDS.publish}
          </Button>
          <Button disabled={!isChanged && config !== undefined} onClick={() => setText(pretty(base.config))}>
            {WORDS.discard}
          </Button>
        </form>
        {publish.refusal && <Refused refusal={publish.refusal} />}
        {said !== undefined && <p role="status">{said}</p>}
      </Panel>
      {config && <Compare config={config} />}
      {theirs && config && (
        <Merge
          base={base.config}
          yours={config}
          theirs={theirs.config}
          revision={theirs.etag.replaceAll('"', "")}
          onClose={() => setTheirs(undefined)}
          onMerged={(merged) => {
            setBase(theirs);
            setText(pretty(merged));
            setTheirs(undefined);
          }}
        />
      )}
    </>
  );
}
