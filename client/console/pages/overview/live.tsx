import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { Refusal } from "../../api/refusal.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Time } from "../../parts/time.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/overview.ts";
import type { Act, Live as Answer } from "./answers.ts";

const EVERY_MS = 2_000;
const SHOWN = 12;

/** What people do at this moment, the newest on top. Nothing is asked while the page is hidden or it is paused. */
export function Live() {
  const [acts, setActs] = useState<readonly Act[]>([]);
  const [isPaused, setPaused] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const seq = useRef(0);
  useEffect(() => {
    if (isPaused) return;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async (): Promise<void> => {
      try {
        if (!document.hidden) {
          const answer = await call<Answer>(`/v1/live?after=${seq.current}`);
          if (isGone) return;
          seq.current = answer.seq;
          setRefusal(undefined);
          setActs((before) => [...answer.acts.toReversed(), ...before].slice(0, SHOWN));
        }
      } catch (error) {
        if (error instanceof Refusal) setRefusal(error);
      }
      if (!isGone) timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isPaused]);
  return (
    <Panel
      title={WORDS.live}
      hint={WORDS.liveHint}
      actions={<Button onClick={() => setPaused(!isPaused)}>{isPaused ? WORDS.goOn : WORDS.pause}</Button>}
    >
      {refusal && <Refused refusal={refusal} />}
      {acts.length === 0 && !refusal ? (
        <Empty title={WORDS.nobody}>{WORDS.nobodyCure}</Empty>
      ) : (
        <ol class="overview-live">
          {acts.map(({ seq, kind, at, items }) => (
            <li key={seq}>
              <span class={`overview-kind is-${kind}`}>{WORDS.kinds[kind]}</span>{" "}
              <a href={addressOf("catalog", items[0]?.id ?? "")}>{items[0]?.title}</a>
              {items.length > 1 && WORDS.andMore(items.length - 1)}
              <span class="soft overview-when">
                <Time at={at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
