import type { ItemRow } from "../../../../src/core/insight/catalog/item-figures.ts";
import { usePages } from "../../api/use-pages.ts";
import { useRead } from "../../api/use-read.ts";
import { Empty } from "../../parts/empty.tsx";
import { count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Table } from "../../parts/table.tsx";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/catalog.ts";
import type { ItemsAnswer, UnmatchedAnswer } from "./answers.ts";
import { ITEM_COLUMNS } from "./columns.tsx";

const { mend: words } = WORDS;

/** What is amiss with the catalog, each with what to do about it. */
export function Mend() {
  const session = useSession();
  return (
    <div class="panels">
      <Amiss
        filter="gap"
        title={words.gapTitle}
        hint={words.gapHint}
        none={[words.gapNone, words.gapNoneCure]}
      />
      <Amiss
        filter="never_recommended"
        title={words.lostTitle}
        hint={words.lostHint}
        none={[words.lostNone, words.lostNoneCure]}
      />
      <Amiss
        filter="cold"
        title={words.coldTitle}
        hint={words.coldHint}
        none={[words.coldNone, words.coldNoneCure]}
      />
      {may(session, ["owner", "marketer"]) && <Unmatched />}
    </div>
  );
}

type AmissProps = {
  readonly filter: string;
  readonly title: string;
  readonly hint: string;
  readonly none: readonly [title: string, cure: string];
};

function Amiss({ filter, title, hint, none }: AmissProps) {
  const { rows, refusal, isLoading, more } = usePages<ItemRow, ItemsAnswer>(
    `/v1/catalog/items?filter=${filter}&limit=10`,
    ({ items, next }) => ({ rows: items, next }),
  );
  return (
    <Panel title={title} hint={hint} isWide>
      {refusal && <Refused refusal={refusal} />}
      {rows.length > 0 ? (
        <div class="catalog-wide">
          <Table
            label={title}
            columns={ITEM_COLUMNS}
            rows={rows}
            rowKey={({ id }) => id}
            onMore={more}
            isLoadingMore={isLoading}
          />
        </div>
      ) : isLoading ? (
        <Skeleton />
      ) : (
        !refusal && <Empty title={none[0]}>{none[1]}</Empty>
      )}
    </Panel>
  );
}

type Missing = UnmatchedAnswer["unmatched"][number];

function Unmatched() {
  const read = useRead<UnmatchedAnswer>("/v1/catalog/unmatched");
  const { unmatchedColumns: columns } = words;
  return (
    <Panel title={words.unmatchedTitle} hint={words.unmatchedHint} isWide>
      <Loaded read={read}>
        {({ unmatched }) =>
          unmatched.length === 0 ? (
            <Empty title={words.unmatchedNone}>{words.unmatchedNoneCure}</Empty>
          ) : (
            <Table<Missing>
              label={words.unmatchedTitle}
              rows={unmatched}
              rowKey={({ ref }) => ref}
              columns={[
                { key: "ref", label: columns.ref, cell: ({ ref }) => <code>{ref}</code> },
                {
                  key: "count",
                  label: columns.count,
                  isNumber: true,
                  cell: (row) => count(row.count),
                  sortBy: (row) => row.count,
                },
                {
                  key: "cure",
                  label: columns.cure,
                  cell: ({ ambiguous }) =>
                    ambiguous ? words.ambiguous(ambiguous.join(", ")) : words.unknown,
                },
                {
                  key: "pages",
                  label: columns.pages,
                  cell: ({ pages }) => <span class="mono">{pages.map(({ url }) => url).join(", ")}</span>,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
