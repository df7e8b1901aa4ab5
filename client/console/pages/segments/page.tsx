import { PageHead } from "../../parts/panel.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/segments.ts";
import { Groups } from "./groups.tsx";
import { Segments } from "./segments.tsx";
import { Value } from "./value.tsx";

/** Segments, value and groups: a tab each. */
export function Page({ params }: { readonly params: readonly string[] }) {
  const tabs = [
    { id: "segments", label: WORDS.segments, content: () => <Segments /> },
    { id: "value", label: WORDS.value, content: () => <Value /> },
    { id: "groups", label: WORDS.groups, content: () => <Groups /> },
  ];
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <Tabs
        label={WORDS.tabs}
        tabs={tabs}
        value={tabs.find(({ id }) => id === params[0])?.id ?? "segments"}
        onValue={(id) => location.replace(addressOf("segments", id))}
      />
    </>
  );
}
