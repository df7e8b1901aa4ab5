import { PageHead } from "../../parts/panel.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/catalog.ts";
import { ItemPage } from "./item-page.tsx";
import { Items } from "./items.tsx";
import { Mend } from "./mend.tsx";
import { Model } from "./model.tsx";
import { WhyForm } from "./why-form.tsx";

/** The catalog: `#/catalog/<tab>`, `#/catalog/item/<id>`, `#/catalog/why/<item>/<on the page of>/<slot>`. */
export function Page({ params }: { readonly params: readonly string[] }) {
  const [tab = "items", id] = params;
  if (tab === "item" && id !== undefined) return <ItemPage key={id} id={id} />;
  const { tabs } = WORDS;
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <Tabs
        label={tabs.label}
        value={tab}
        onValue={(next) => (location.hash = addressOf("catalog", next))}
        tabs={[
          { id: "items", label: tabs.items, content: () => <Items /> },
          { id: "mend", label: tabs.mend, content: () => <Mend /> },
          { id: "model", label: tabs.model, content: () => <Model /> },
          {
            id: "why",
            label: tabs.why,
            content: () => <WhyForm key={params.join("/")} item={id} on={params[2]} slot={params[3]} />,
          },
        ]}
      />
    </>
  );
}
