/** A number as the tables show it. */
export const shown = (value: number, digits = 4): string =>
  value === Infinity ? "never" : Number.isInteger(value) ? String(value) : value.toFixed(digits);

/** Rows as aligned text; the first is the head. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? shown(cell) : cell)));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Figures as JSON, where `Infinity` is "never". */
export const asJson = (figures: unknown): string =>
  JSON.stringify(figures, (_, value: unknown) =>
    value === Infinity
      ? "never"
      : typeof value === "number" && !Number.isInteger(value)
        ? Number(value.toFixed(4))
        : value,
  );
