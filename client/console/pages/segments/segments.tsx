import { useState } from "preact/hooks";
import type { GroupFigures, SegmentSizes } from "../../../../src/core/insight/segment-sizes.ts";
import { useRead } from "../../api/use-read.ts";
import { Bar } from "../../parts/bar.tsx";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { count, money, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { isTold } from "../../parts/withheld.ts";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/segments.ts";
import { Builder } from "./builder.tsx";
import { told } from "./told.ts";

type Answer = SegmentSizes & { readonly titles: Readonly<Record<string, string>> };
type Row = {
  readonly id: string;
  readonly title: string;
  readonly share: number | undefined;
  readonly figures: GroupFigures | undefined;
};

/** Segments with size and value, and a place to build one. */
export function Segments() {
  const isMarketer = may(useSession(), ["owner", "marketer"]);
  const read = useRead<Answer>("/v1/segments");
  const [edited, setEdited] = useState<string>();
  return (
    <>
      <Panel title={WORDS.list} hint={WORDS.listHint}>
        <Loaded read={read} lines={5}>
          {(answer) => (
            <>
              {answer.segments.length === 0 && <Empty title={WORDS.none}>{WORDS.noneCure}</Empty>}
              <Table
                label={WORDS.list}
                rows={rowsOf(answer)}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: "title",
                    label: WORDS.segment,
                    cell: ({ title }) => title,
                    sortBy: ({ title }) => title,
                  },
                  {
                    key: "people",
                    label: WORDS.people,
                    isNumber: true,
                    cell: ({ figures }) => (figures ? count(figures.people) : WORDS.few),
                    sortBy: ({ figures }) => figures?.people ?? 0,
                  },
                  {
                    key: "share",
                    label: WORDS.share,
                    cell: ({ share }) =>
                      share === undefined ? "–" : <Bar share={share} label={percent(share)} />,
                  },
                  {
                    key: "customers",
                    label: WORDS.customers,
                    isNumber: true,
                    cell: ({ figures }) => told(figures?.customers, count),
                  },
                  {
                    key: "perYear",
                    label: WORDS.perYear,
                    isNumber: true,
                    cell: ({ figures }) => told(figures?.ordersPerYear, count),
                  },
                  {
                    key: "returned",
                    label: WORDS.returned,
                    isNumber: true,
                    cell: ({ figures }) => told(figures?.returnedShare, (share) => percent(share, 0)),
                  },
                  {
                    key: "worth",
                    label: WORDS.worth,
                    isNumber: true,
                    cell: ({ figures }) => worthOf(figures),
                  },
                  ...(isMarketer
                    ? [
                        {
                          key: "edit",
                          label: "",
                          cell: ({ id }: Row) =>
                            id === "" ? null : (
                              <Button kind="quiet" onClick={() => setEdited(id)}>
                                {WORDS.edit}
                              </Button>
                            ),
                        },
                      ]
                    : []),
                ]}
              />
              {answer.overlaps.map(({ a, b, people }) => (
                <p class="hint" key={`${a} ${b}`}>
                  {WORDS.overlap(answer.titles[a] ?? a, answer.titles[b] ?? b, count(people))}
                </p>
              ))}
            </>
          )}
        </Loaded>
      </Panel>
      {isMarketer && <Builder key={edited ?? ""} edited={edited} onPublished={read.reload} />}
    </>
  );
}

function rowsOf({ all, segments, titles }: Answer): Row[] {
  return [
    { id: "", title: WORDS.everybody, share: undefined, figures: isTold(all) ? all : undefined },
    ...segments.map((one): Row => {
      const title = titles[one.segment] ?? one.segment;
      return "share" in one
        ? { id: one.segment, title, share: one.share, figures: one }
        : { id: one.segment, title, share: undefined, figures: undefined };
    }),
  ];
}

const worthOf = (figures: GroupFigures | undefined): string =>
  figures?.value.map((one) => ("clv" in one && one.clv ? money(one.clv) : WORDS.few)).join(", ") || "–";
