import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EXPORT_KINDS, EXPORT_TABLES } from "../../../src/core/export/rows.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/guide/export.md"), "utf8");

test.each(EXPORT_KINDS)("the guide names the columns of %s, in their order, and no others", (kind) => {
  const paragraph = guide.split("\n\n").find((text) => text.startsWith(`**\`${kind}\`**`)) ?? "";
  // What stands in brackets explains a column.
  const named = [...paragraph.replace(/\([^)]*\)/g, "").matchAll(/`(\w+)`/g)].map((match) => match[1]);
  expect(named.slice(1)).toEqual(Object.keys(EXPORT_TABLES[kind].columns));
});
