import { PageHead } from "../../parts/panel.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { addressOf } from "../../shell/pages.ts";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/deliveries.ts";
import { Imports } from "./imports.tsx";
import { Keys } from "./keys.tsx";
import { Triggers } from "./triggers.tsx";
import { Webhooks } from "./webhooks.tsx";

/** What goes out, what comes in, and who may: one tab each, as the role allows. */
export function Page({ params }: { readonly params: readonly string[] }) {
  const session = useSession();
  const tabs = [
    {
      id: "triggers",
      label: WORDS.triggers,
      roles: ["owner", "marketer", "analyst"] as const,
      content: () => <Triggers />,
    },
    {
      id: "webhooks",
      label: WORDS.webhooks,
      roles: ["owner", "marketer"] as const,
      content: () => <Webhooks />,
    },
    {
      id: "imports",
      label: WORDS.imports,
      roles: ["owner", "associate"] as const,
      content: () => <Imports />,
    },
    { id: "keys", label: WORDS.keys, roles: ["owner"] as const, content: () => <Keys /> },
  ].filter(({ roles }) => may(session, roles));
  const open = tabs.find(({ id }) => id === params[0])?.id ?? tabs[0]?.id;
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <Tabs
        label={WORDS.tabs}
        tabs={tabs}
        value={open}
        onValue={(id) => location.replace(addressOf("deliveries", id))}
      />
    </>
  );
}
