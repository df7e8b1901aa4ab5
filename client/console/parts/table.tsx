import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { WORDS } from "../words/parts.ts";
import { Button } from "./button.tsx";
import { count } from "./format.ts";
import { useVirtual } from "./use-virtual.ts";

export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand right. */
  readonly isNumber?: boolean;
  /** Makes the column sortable, in the browser. Leave it out where the server pages. */
  readonly sortBy?: (row: Row) => number | string;
};

type Props<Row> = {
  /** Names the table for whoever cannot see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** More rows on the server: a button asks for them. */
  readonly onMore?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
  readonly emptyText?: string;
};

/** Above so many rows only those in sight are made. */
const VIRTUAL_FROM = 120;

/** Rows and columns. Scrolls within itself; long ones make only what is in sight. The first column names the row. */
export function Table<Row>({ label, columns, rows, rowKey, onMore, isLoadingMore, emptyText }: Props<Row>) {
  const [sort, setSort] = useState<{ key: string; isUp: boolean }>();
  const sorted = useMemo(() => {
    const by = columns.find(({ key }) => key === sort?.key)?.sortBy;
    if (!sort || !by) return rows;
    const side = sort.isUp ? 1 : -1;
    return [...rows].sort((one, other) => {
      const [a, b] = [by(one), by(other)];
      return a < b ? -side : a > b ? side : 0;
    });
  }, [rows, columns, sort]);
  const isVirtual = sorted.length > VIRTUAL_FROM;
  const { scroller, first, last, before, after } = useVirtual(sorted.length, isVirtual);
  const seen = isVirtual ? sorted.slice(first, last) : sorted;

  return (
    <div
      class={isVirtual ? "table-scroll is-virtual" : "table-scroll"}
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <table aria-rowcount={sorted.length + 1}>
        <thead>
          <tr>
            {columns.map(({ key, label, isNumber, sortBy }) => (
              <th
                key={key}
                scope="col"
                class={isNumber ? "number" : undefined}
                aria-sort={sort?.key === key ? (sort.isUp ? "ascending" : "descending") : undefined}
              >
                {sortBy ? (
                  <button
                    type="button"
                    class="sort"
                    aria-label={WORDS.sortBy(label)}
                    onClick={() => setSort({ key, isUp: sort?.key === key ? !sort.isUp : !isNumber })}
                  >
                    {label}
                    <span aria-hidden="true">{sort?.key === key ? (sort.isUp ? " ↑" : " ↓") : ""}</span>
                  </button>
                ) : (
                  label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden="true" style={{ height: `${before}px` }}>
              <td colSpan={columns.length} />
            </tr>
          )}
          {seen.map((row, index) => (
            <tr key={rowKey(row)} aria-rowindex={(isVirtual ? first : 0) + index + 2}>
              {columns.map(({ key, cell, isNumber }, at) =>
                at === 0 ? (
                  <th key={key} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} class={isNumber ? "number" : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {after > 0 && (
            <tr aria-hidden="true" style={{ height: `${after}px` }}>
              <td colSpan={columns.length} />
            </tr>
          )}
        </tbody>
      </table>
      {sorted.length === 0 && <p class="soft table-note">{emptyText ?? WORDS.nothingFound}</p>}
      {onMore ? (
        <p class="table-note">
          <Button onClick={onMore} isBusy={isLoadingMore}>
            {WORDS.more}
          </Button>
        </p>
      ) : (
        isVirtual && <p class="soft table-note">{WORDS.allShown(count(sorted.length))}</p>
      )}
    </div>
  );
}
