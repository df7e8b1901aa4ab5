import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { call } from "./call.ts";
import { Refusal } from "./refusal.ts";

/** What is known of an address of the API: its answer, or why there is none. */
export type Read<T> = {
  /** The newest answer; an older one stays while the next is under way. */
  readonly data: T | undefined;
  readonly refusal: Refusal | undefined;
  readonly isLoading: boolean;
  /** Asks again. */
  readonly reload: () => void;
};

/**
 * Reads an address of the API, each reader for itself: a slow report holds up nobody else.
 * @param path nothing is asked where it is absent
 * @param every milliseconds between two looks; a hidden page does not look
 */
export function useRead<T>(path: string | undefined, { every }: { readonly every?: number } = {}): Read<T> {
  const [state, setState] = useState<{
    path?: string | undefined;
    data?: T;
    refusal?: Refusal;
    isLoading: boolean;
  }>({
    isLoading: path !== undefined,
  });
  const [turn, setTurn] = useState(0);
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const isSame = last.current === path;
    last.current = path;
    setState((before) => ({
      path,
      isLoading: true,
      ...(isSame && before.data !== undefined ? { data: before.data } : {}),
    }));
    call<T>(path, { signal: abort.signal })
      .then((data) => setState({ path, data, isLoading: false }))
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const refusal = error instanceof Refusal ? error : new Refusal(0, { detail: String(error) });
        setState((before) => ({
          path,
          refusal,
          isLoading: false,
          ...(before.data === undefined ? {} : { data: before.data }),
        }));
      });
    return () => abort.abort();
  }, [path, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (!every || path === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, every);
    return () => clearInterval(timer);
  }, [every, path, reload]);
  const isCurrent = path !== undefined && state.path === path;
  return {
    data: isCurrent ? state.data : undefined,
    refusal: isCurrent ? state.refusal : undefined,
    isLoading: path !== undefined && (!isCurrent || state.isLoading),
    reload,
  };
}
