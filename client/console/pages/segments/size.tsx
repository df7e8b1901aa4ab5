import { useEffect, useState } from "preact/hooks";
import type { Money } from "../../../../src/core/primitives/money.ts";
import { call } from "../../api/call.ts";
import { Refusal } from "../../api/refusal.ts";
import { Figure } from "../../parts/figure.tsx";
import { count, money } from "../../parts/format.ts";
import { Refused } from "../../parts/refused.tsx";
import { isTold, type Told } from "../../parts/withheld.ts";
import { WORDS } from "../../words/segments.ts";

type Preview = Told<{
  readonly people: number;
  readonly size: Told<{ readonly value: number; readonly low: number; readonly high: number }>;
  readonly value?: readonly { readonly clvPerCustomer?: Money | null }[];
}>;

/** People are asked one by one: not at every keystroke. */
const PAUSE_MS = 700;

/** How many a condition would be, by asking a sample; again after each change. */
export function Size({ when }: { readonly when: object | undefined }) {
  const [answer, setAnswer] = useState<Preview>();
  const [refusal, setRefusal] = useState<Refusal>();
  const key = JSON.stringify(when);
  useEffect(() => {
    if (key === undefined) return;
    const abort = new AbortController();
    setAnswer(undefined);
    setRefusal(undefined);
    const timer = setTimeout(() => {
      call<Preview>("/v1/segments/preview", { method: "POST", body: `{"when":${key}}`, signal: abort.signal })
        .then(setAnswer)
        .catch((error: unknown) => {
          if (error instanceof Refusal) setRefusal(error);
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);
  if (refusal) return <Refused refusal={refusal} />;
  const told = answer && isTold(answer) ? answer : undefined;
  const size = told && isTold(told.size) ? told.size : undefined;
  const each = told?.value?.find(({ clvPerCustomer }) => clvPerCustomer)?.clvPerCustomer;
  return (
    <div aria-live="polite">
      <dl class="figures">
        <Figure
          label={WORDS.size}
          value={
            size && told
              ? WORDS.sizeOf(count(size.value), count(told.people))
              : answer
                ? WORDS.few
                : WORDS.asking
          }
          range={size ? WORDS.sizeRange(count(size.low), count(size.high)) : undefined}
          change={each ? { text: WORDS.worthEach(money(each)) } : undefined}
        />
      </dl>
    </div>
  );
}
