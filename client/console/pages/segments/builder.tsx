import { useEffect, useState } from "preact/hooks";
import { call, send } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { TextArea, TextField } from "../../parts/field.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/segments.ts";
import { conditionOf, NEW_LINE, type Line } from "./condition.ts";
import { Lines } from "./lines.tsx";
import { Size } from "./size.tsx";

type Segment = { readonly title?: string; readonly when: object };
type Config = { readonly segments?: Readonly<Record<string, Segment>> };

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Builds a segment by form or JSON, shows how many it would be, and publishes it. */
export function Builder({
  edited,
  onPublished,
}: {
  readonly edited: string | undefined;
  readonly onPublished: () => void;
}) {
  const [id, setId] = useState(edited ?? "");
  const [title, setTitle] = useState("");
  const [lines, setLines] = useState<readonly Line[]>([NEW_LINE]);
  const [text, setText] = useState(() => pretty(conditionOf([NEW_LINE])));
  const [isSure, setSure] = useState(true);
  const [done, setDone] = useState<string>();
  useEffect(() => {
    if (!edited) return;
    void call<Config>("/v1/config").then(({ segments }) => {
      setTitle(segments?.[edited]?.title ?? "");
      setText(pretty(segments?.[edited]?.when ?? {}));
    });
  }, [edited]);
  const publish = useAct(async (mayReplace: boolean) => {
    const read = await send("/v1/config");
    const config = (await read.json()) as Config;
    if (config.segments?.[id] && !mayReplace) return setSure(false);
    const segment = {
      ...config.segments?.[id],
      ...(title ? { title } : {}),
      when: JSON.parse(text) as object,
    };
    await call(`/v1/config?message=${encodeURIComponent(WORDS.message(id))}`, {
      method: "PUT",
      headers: { "if-match": read.headers.get("etag") ?? "" },
      body: { ...config, segments: { ...config.segments, [id]: segment } },
    });
    setSure(true);
    setDone(WORDS.published(id));
    onPublished();
  });
  let wrong: string | undefined;
  let when: object | undefined;
  try {
    when = JSON.parse(text) as object;
  } catch (error) {
    wrong = WORDS.notJson((error as Error).message);
  }
  return (
    <Panel title={WORDS.build} hint={WORDS.buildHint}>
      <form
        class="segments-builder"
        onSubmit={(event) => {
          event.preventDefault();
          void publish.run(false);
        }}
      >
        <div class="stack">
          <TextField
            label={WORDS.id}
            hint={WORDS.idHint}
            value={id}
            onValue={setId}
            maxLength={64}
            required
          />
          <TextField label={WORDS.titleOf} value={title} onValue={setTitle} maxLength={120} />
          <Lines
            lines={lines}
            onLines={(next) => {
              setLines(next);
              if (next.length > 0) setText(pretty(conditionOf(next)));
            }}
          />
        </div>
        <div class="stack">
          <TextArea
            label={WORDS.json}
            rows={12}
            spellcheck={false}
            value={text}
            onValue={setText}
            error={wrong}
          />
          <Size when={when} />
          {publish.refusal && <Refused refusal={publish.refusal} />}
          {done !== undefined && <p role="status">{done}</p>}
          <div class="row">
            <Button kind="primary" type="submit" isBusy={publish.isBusy} disabled={when === undefined}>
              {WORDS.publish}
            </Button>
          </div>
        </div>
      </form>
      <Confirm
        isOpen={!isSure}
        onClose={() => setSure(true)}
        title={WORDS.replace}
        verb={WORDS.replace}
        isBusy={publish.isBusy}
        onConfirm={() => void publish.run(true)}
      >
        <p>{WORDS.replaceSure(id)}</p>
      </Confirm>
    </Panel>
  );
}
