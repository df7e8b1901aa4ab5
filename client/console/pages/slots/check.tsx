import { useEffect, useState } from "preact/hooks";
import type { Lint } from "../../../../src/core/config/lint.ts";
import { call } from "../../api/call.ts";
import { Refusal } from "../../api/refusal.ts";
import { Refused } from "../../parts/refused.tsx";
import { WORDS } from "../../words/slots.ts";
import { lineAt, placeOf, type Read } from "./config.ts";

const PAUSE_MS = 500;

/** Says whether the text could be published: what is no JSON at once, what is no config by asking. */
export function Check({ text, read }: { readonly text: string; readonly read: Read }) {
  const [lint, setLint] = useState<readonly Lint[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const body = "config" in read ? JSON.stringify(read.config) : undefined;
  useEffect(() => {
    setLint(undefined);
    setRefusal(undefined);
    if (body === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      call<{ readonly lint: readonly Lint[] }>("/v1/config?dryRun=true", {
        method: "PUT",
        body,
        signal: abort.signal,
      })
        .then((answer) => setLint(answer.lint))
        .catch((error: unknown) => {
          if (error instanceof Refusal) setRefusal(error);
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [body]);
  const go = (pointer: string | undefined) => {
    const { offset } = placeOf(text, pointer ?? "");
    return WORDS.line(lineAt(text, offset));
  };
  return (
    <div aria-live="polite" class="stack">
      {!("config" in read) ? (
        <p class="field-error">{WORDS.notJson(read.line, read.what)}</p>
      ) : refusal ? (
        <>
          <Refused refusal={refusal} />
          {refusal.pointer !== undefined && <p class="field-error">{go(refusal.pointer)}</p>}
        </>
      ) : lint === undefined ? (
        <p class="soft">{WORDS.checking}</p>
      ) : lint.length === 0 ? (
        <p class="slots-fine">{WORDS.fine}</p>
      ) : (
        <>
          <p>{WORDS.lint}:</p>
          <ul>
            {lint.map((one) => (
              <li key={JSON.stringify(one)}>
                {one.detail} <span class="soft">({go(one.pointer)})</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
