import type { Learning, RecipeLearning } from "../../../../src/core/insight/catalog/learning.ts";
import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { Bar } from "../../parts/bar.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Figure } from "../../parts/figure.tsx";
import { ago, count, moment, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/catalog.ts";
import type { ModelAnswer } from "./answers.ts";

const { model: words } = WORDS;
const LOOK_EVERY_MS = 15_000;
const TONES = { none: "plain", young: "warn", mature: "good", ready: "accent" } as const;

/** A size in words. @example size(1536) // "1.5 kB" */
function size(bytes: number): string {
  if (bytes < 1000) return `${count(bytes)} B`;
  return bytes < 1e6 ? `${count(bytes / 1000)} kB` : `${count(bytes / 1e6)} MB`;
}

/** What the model knows, how old it is, and how far each recipe has come. */
export function Model() {
  const read = useRead<ModelAnswer>("/v1/model", { every: LOOK_EVERY_MS });
  return (
    <div class="panels">
      <Panel title={words.title} hint={words.hint} isWide>
        <Loaded read={read}>
          {(model) =>
            model.publishedAt === null || model.items === 0 ? (
              <Empty title={words.none} guide="/docs/">
                {words.noneCure}
              </Empty>
            ) : (
              <Figures model={model} at={model.publishedAt} />
            )
          }
        </Loaded>
      </Panel>
      <Panel title={words.recipes} hint={words.recipesHint} isWide>
        <Loaded read={read} lines={8}>
          {({ recipes }) => (
            <Table<RecipeLearning>
              label={words.recipes}
              rows={recipes}
              rowKey={({ strategy }) => strategy}
              columns={[
                {
                  key: "recipe",
                  label: words.columns.recipe,
                  cell: ({ strategy }) => WORDS.strategies[strategy],
                },
                {
                  key: "state",
                  label: words.columns.state,
                  cell: ({ state }) => <Badge tone={TONES[state]}>{WORDS.learning[state]}</Badge>,
                },
                {
                  key: "visits",
                  label: words.columns.visits,
                  cell: ({ visitCoverage }) => (
                    <Bar share={visitCoverage} label={percent(visitCoverage, 0)} />
                  ),
                  sortBy: ({ visitCoverage }) => visitCoverage,
                },
                {
                  key: "coverage",
                  label: words.columns.coverage,
                  cell: ({ coverage }) => <Bar share={coverage} label={percent(coverage, 0)} />,
                  sortBy: ({ coverage }) => coverage,
                },
                {
                  key: "items",
                  label: words.columns.items,
                  isNumber: true,
                  cell: ({ items }) => count(items),
                  sortBy: ({ items }) => items,
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      <Panel title={words.rows}>
        <Loaded read={read} lines={4}>
          {({ rows }) => (
            <Table<Learning["rows"][number]>
              label={words.rows}
              rows={rows}
              rowKey={({ row }) => row}
              columns={[
                { key: "row", label: words.rowsColumns.row, cell: ({ row }) => WORDS.rows[row] },
                {
                  key: "entries",
                  label: words.rowsColumns.entries,
                  isNumber: true,
                  cell: ({ entries }) => count(entries),
                },
                {
                  key: "bytes",
                  label: words.rowsColumns.bytes,
                  isNumber: true,
                  cell: ({ bytes }) => size(bytes),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </div>
  );
}

function Figures({ model, at }: { readonly model: ModelAnswer; readonly at: number }) {
  const { log } = model;
  return (
    <>
      <dl class="figures">
        <Figure
          label={words.items}
          value={count(model.items)}
          range={words.ofAvailable(count(model.available))}
          hint={words.itemsHint(count(model.minCustomers))}
        />
        <Figure label={words.cold} value={count(model.cold)} />
        <Figure label={words.visits} value={count(model.visits)} />
        <Figure label={words.baskets} value={count(model.baskets)} />
        <Figure
          label={words.age}
          value={<span title={moment(at)}>{ago(at)}</span>}
          range={words.version(count(model.version))}
          hint={words.ageHint}
        />
        <Figure label={words.size} value={size(model.bytes)} hint={words.sizeHint} />
        <Figure
          label={words.log}
          value={words.logValue(count(log.rows))}
          range={words.logRange(log.slices, model.shards)}
          hint={words.logHint}
        />
      </dl>
      {log.forgottenPending > 0 && <p class="hint">{words.forgotten(count(log.forgottenPending))}</p>}
    </>
  );
}
