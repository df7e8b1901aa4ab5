import { PageHead } from "../../parts/panel.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/slots.ts";
import { Editor } from "./editor.tsx";
import { Revisions } from "./revisions.tsx";
import { SlotList } from "./slot-list.tsx";

/** What the slots do, the editor, the revisions: a tab each. */
export function Page({ params }: { readonly params: readonly string[] }) {
  const tabs = [
    { id: "list", label: WORDS.slots, content: () => <SlotList /> },
    { id: "editor", label: WORDS.editor, content: () => <Editor /> },
    { id: "revisions", label: WORDS.revisions, content: () => <Revisions /> },
  ];
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <Tabs
        label={WORDS.tabs}
        tabs={tabs}
        value={tabs.find(({ id }) => id === params[0])?.id ?? "list"}
        onValue={(id) => location.replace(addressOf("slots", id))}
      />
    </>
  );
}
