import { Component, type ComponentChildren, type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { Skeleton } from "../parts/skeleton.tsx";
import { WORDS } from "../words/shell.ts";
import type { PageEntry } from "./pages.ts";

/** Keeps a fault of one page to that page. */
class Fence extends Component<{ readonly children: ComponentChildren }, { readonly fault?: unknown }> {
  static override getDerivedStateFromError(fault: unknown) {
    return { fault };
  }
  override render() {
    if (!("fault" in this.state)) return this.props.children;
    return (
      <div class="refused" role="alert">
        <p>{WORDS.faulty}</p>
        <Button onClick={() => location.reload()}>{WORDS.again}</Button>
      </div>
    );
  }
}

/** Loads a page's code and shows it. */
export function Opened({ page, params }: { readonly page: PageEntry; readonly params: readonly string[] }) {
  const [Page, setPage] = useState<ComponentType<{ params: readonly string[] }>>();
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    page.load().then(
      (loaded) => setPage(() => loaded.Page),
      () => setMissing(true),
    );
  }, [page]);
  if (isMissing)
    return (
      <div class="refused" role="alert">
        <p>{WORDS.faulty}</p>
        <Button onClick={() => location.reload()}>{WORDS.again}</Button>
      </div>
    );
  return <Fence>{Page ? <Page params={params} /> : <Skeleton lines={6} />}</Fence>;
}
