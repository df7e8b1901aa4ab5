import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { call } from "./call.ts";
import { Refusal } from "./refusal.ts";

/** A list that the server hands out in pages. */
export type Pages<Row> = {
  readonly rows: readonly Row[];
  readonly refusal: Refusal | undefined;
  readonly isLoading: boolean;
  /** Asks for the next page; absent when there is none. */
  readonly more: (() => void) | undefined;
};

/**
 * Reads a list page by page: each answer names the cursor of the next.
 * @param path without the cursor; a change starts anew
 * @param read finds the rows and the next cursor in an answer
 * @example usePages(`/v1/catalog/items?query=${query}`, (page: ItemPage) => ({ rows: page.items, next: page.next }))
 */
export function usePages<Row, Page>(
  path: string,
  read: (page: Page) => { readonly rows: readonly Row[]; readonly next?: string | null | undefined },
): Pages<Row> {
  const [state, setState] = useState<{
    rows: readonly Row[];
    next?: string | undefined;
    refusal?: Refusal;
    isLoading: boolean;
  }>({
    rows: [],
    isLoading: true,
  });
  const reader = useRef(read);
  reader.current = read;
  const turn = useRef(0);
  const ask = useCallback(
    async (after?: string): Promise<void> => {
      const mine = ++turn.current;
      setState((before) => ({ ...(after ? before : { rows: [] }), isLoading: true }));
      try {
        const glue = path.includes("?") ? "&" : "?";
        const page = await call<Page>(after ? `${path}${glue}after=${encodeURIComponent(after)}` : path);
        if (mine !== turn.current) return;
        const { rows, next } = reader.current(page);
        setState((before) => ({
          rows: after ? [...before.rows, ...rows] : rows,
          next: next ?? undefined,
          isLoading: false,
        }));
      } catch (error) {
        if (mine !== turn.current) return;
        const refusal = error instanceof Refusal ? error : new Refusal(0, { detail: String(error) });
        setState((before) => ({ rows: before.rows, refusal, isLoading: false }));
      }
    },
    [path],
  );
  useEffect(() => {
    void ask();
    return () => void turn.current++;
  }, [ask]);
  const { next } = state;
  return {
    rows: state.rows,
    refusal: state.refusal,
    isLoading: state.isLoading,
    more: next === undefined ? undefined : () => void ask(next),
  };
}
