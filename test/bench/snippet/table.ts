/** Lines of a table: the first column to the left, numbers to the right. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines.map((line) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join("  ")
      .trimEnd(),
  );
}

/** Shows a table, with its title above it. */
export function showTable(title: string, ...table: Parameters<typeof tableOf>): void {
  console.log(`\n${title}`);
  for (const line of tableOf(...table)) console.log(line);
}
