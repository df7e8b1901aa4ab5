import { PageHead } from "../../parts/panel.tsx";
import { WORDS } from "../../words/shell.ts";

export function Page() {
  return <PageHead title={WORDS.pages.overview} />;
}
