import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { Figure } from "../../parts/figure.tsx";
import { count, money } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { addressOf } from "../../shell/pages.ts";
import { WORDS } from "../../words/catalog.ts";
import type { ItemAnswer } from "./answers.ts";
import { Graph } from "./graph.tsx";
import { Ladder } from "./ladder.tsx";
import { Lists } from "./lists.tsx";
import { ItemLink, States, Told } from "./told.tsx";

const { item: words } = WORDS;

/** One item: what it is, what goes with it and why, and what is better. */
export function ItemPage({ id }: { readonly id: string }) {
  const read = useRead<ItemAnswer>(`/v1/catalog/items/${encodeURIComponent(id)}`);
  const title = read.data?.item.title ?? (read.refusal?.status === 404 ? words.missing : id);
  return (
    <>
      <PageHead
        title={title}
        lead={read.data ? <Lead answer={read.data} /> : undefined}
        actions={
          <>
            <a class="button catalog-action" href={addressOf("catalog")}>
              {words.back}
            </a>
            <a class="button catalog-action" href={addressOf("catalog", "why", id)}>
              {words.why}
            </a>
          </>
        }
      />
      <Loaded read={read} lines={10}>
        {(answer) => (
          <div class="panels">
            <Panel title={words.graph} hint={words.graphHint} isWide>
              <Graph answer={answer} />
            </Panel>
            <Panel title={words.ladder} hint={words.ladderHint}>
              <Ladder answer={answer} />
            </Panel>
            <Panel title={words.facts}>
              <Facts answer={answer} />
            </Panel>
            <Panel title={words.lists} hint={words.listsHint} isWide>
              <Lists answer={answer} />
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Lead({ answer: { item, rules } }: { readonly answer: ItemAnswer }) {
  return (
    <>
      {[item.brand, item.type].filter(Boolean).join(" · ")}{" "}
      <span class="catalog-states">
        {item.price && <Badge>{money(item.price)}</Badge>}
        <States item={item} />
        {rules.map(({ rule, does }) => (
          <Badge key={`${rule} ${does}`} tone="accent">
            {words.rule(WORDS.why.does[does as keyof typeof WORDS.why.does], rule)}
          </Badge>
        ))}
      </span>
    </>
  );
}

function Facts({ answer: { item, variants } }: { readonly answer: ItemAnswer }) {
  const facts = Object.entries(item.attributes ?? {});
  return (
    <>
      <dl class="figures">
        <Figure label={words.visits} value={<Told value={item.visits} />} />
        <Figure label={words.recent} value={<Told value={item.recentVisits} />} hint={words.recentHint} />
        <Figure label={words.buyers} value={<Told value={item.buyers} />} />
        <Figure label={words.reach} value={count(item.reach)} hint={words.reachHint} />
      </dl>
      {item.description !== undefined && <p class="soft">{item.description}</p>}
      {facts.length > 0 && (
        <dl class="catalog-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt class="soft">{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {variants.length > 0 && (
        <p>
          {words.variants}:{" "}
          {variants.map((one, place) => (
            <span key={one.id}>
              {place > 0 && ", "}
              <ItemLink item={one} />
            </span>
          ))}
        </p>
      )}
    </>
  );
}
