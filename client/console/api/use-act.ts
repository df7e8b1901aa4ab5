import { useCallback, useState } from "preact/hooks";
import { Refusal } from "./refusal.ts";

/** Something a person sets off: whether it is under way, and what it was refused for. */
export type Act<Input extends readonly unknown[], T> = {
  readonly isBusy: boolean;
  readonly refusal: Refusal | undefined;
  /** Does it. Answers nothing where it was refused. */
  readonly run: (...input: Input) => Promise<T | undefined>;
  readonly clear: () => void;
};

/**
 * Wraps a call that changes something, for a button.
 * @example const publish = useAct((body: Config) => call("/v1/config", { method: "PUT", body }))
 */
export function useAct<Input extends readonly unknown[], T>(
  work: (...input: Input) => Promise<T>,
): Act<Input, T> {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const run = useCallback(
    async (...input: Input): Promise<T | undefined> => {
      setBusy(true);
      setRefusal(undefined);
      try {
        return await work(...input);
      } catch (error) {
        setRefusal(error instanceof Refusal ? error : new Refusal(0, { detail: String(error) }));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [work],
  );
  return { isBusy, refusal, run, clear: useCallback(() => setRefusal(undefined), []) };
}
