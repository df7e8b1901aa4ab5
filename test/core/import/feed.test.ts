import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FEED_FORMATS, feedFormatOf, readFeed } from "../../../src/import/feed.ts";
import {
  FEED_BROKEN_MAX,
  FEED_COLUMNS_MAX,
  FEED_DEFECTS_MAX,
  FEED_FIELD_CHARS_MAX,
} from "../../../src/import/feed-rows.ts";
import { readShared, sharedPath } from "../../support/shared.ts";

const rowsOf = (text: string, format: (typeof FEED_FORMATS)[number]) =>
  readFeed(text, format).rows.map(({ row }) => row);

describe("ndjson", () => {
  it("keeps the good lines around a broken one, with mark, CRLF and blank lines", () => {
    expect(readFeed('\uFEFF{"id":"A"}\r\n\r\n{"id":\r\n{"id":"B"}', "ndjson")).toEqual({
      rows: [
        { line: 1, row: { id: "A" } },
        { line: 4, row: { id: "B" } },
      ],
      defects: [{ line: 3, detail: "The line is not JSON." }],
    });
  });

  it("tells the first defects one by one and counts the rest", () => {
    const { defects } = readFeed("x\n".repeat(FEED_DEFECTS_MAX + 7), "ndjson");
    expect(defects).toHaveLength(FEED_DEFECTS_MAX + 1);
    expect(defects.at(-1)).toEqual({ line: FEED_DEFECTS_MAX + 7, detail: "7 more rows could not be read." });
  });
});

describe("hopeless input", () => {
  it("is not read to its end, and the last defect says where reading stopped", () => {
    const { rows, defects } = readFeed(`{"id":"A"}\n${"{\n".repeat(5000)}{"id":"B"}`, "ndjson");
    expect(rows).toHaveLength(1);
    expect(defects.at(-1)).toEqual({
      line: FEED_BROKEN_MAX + 1,
      detail: `${FEED_BROKEN_MAX - FEED_DEFECTS_MAX} more rows could not be read. Reading stopped here.`,
    });
  });
});

describe("json", () => {
  it.each(['[{"id":"A"},{"id":"B"}]', '{"items":[{"id":"A"},{"id":"B"}]}'])("%s", (text) => {
    expect(readFeed(text, "json").rows).toEqual([
      { line: 1, row: { id: "A" } },
      { line: 2, row: { id: "B" } },
    ]);
  });
  it.each(["", "null", '{"id":"A"}', '[{"id":"A"}', '"x"'])("%j is a defect", (text) => {
    expect(readFeed(text, "json")).toMatchObject({ rows: [], defects: [{ line: 1 }] });
  });
});

describe("tables", () => {
  it("tell the physical line, past quoted line breaks and blank lines", () => {
    expect(readFeed('id,title\nA,"two\nlines"\n\nB,x\nC,y,z\n', "csv")).toEqual({
      rows: [
        { line: 2, row: { id: "A", title: "two\nlines" } },
        { line: 5, row: { id: "B", title: "x" } },
      ],
      defects: [{ line: 6, detail: "The row has more cells than the header." }],
    });
  });

  it.each([
    ["semicolons", "id;title;price\nA;Kettle, big;12,99 EUR"],
    ["tabs", "id\ttitle\tprice\nA\tKettle, big\t12,99 EUR"],
    ["bars", "id|title|price\nA|Kettle, big|12,99 EUR"],
    ["commas", 'id,title,price\r\nA,"Kettle, big","12,99 EUR"\r\n'],
  ])("csv with %s", (_, text) => {
    expect(rowsOf(text, "csv")).toEqual([{ id: "A", title: "Kettle, big", price: "12,99 EUR" }]);
  });

  it("tsv keeps commas and quotes within a cell", () => {
    expect(rowsOf('id\ttitle\nA\tScreen 24", flat', "tsv")).toEqual([{ id: "A", title: 'Screen 24", flat' }]);
  });

  it("an unclosed quote is a defect, not a row that swallowed the rest", () => {
    expect(readFeed('id,title\nA,x\nB,"open\nC,y\n', "csv")).toEqual({
      rows: [{ line: 2, row: { id: "A", title: "x" } }],
      defects: [{ line: 3, detail: "The row's quotes do not close properly." }],
    });
  });

  it("a column named like an object's prototype stays a plain own field", () => {
    const [row] = rowsOf("id,__proto__\nA,x", "csv");
    expect(Object.keys(row as object)).toEqual(["id", "__proto__"]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });

  it("bounds columns and cells", () => {
    const wide = Array.from({ length: FEED_COLUMNS_MAX + 1 }, (_, i) => `c${i}`).join(",");
    expect(readFeed(`${wide}\n${wide}`, "csv")).toMatchObject({ rows: [], defects: [{ line: 1 }] });
    const long = `id,title\nA,${"x".repeat(FEED_FIELD_CHARS_MAX + 1)}\nB,x`;
    expect(readFeed(long, "csv")).toMatchObject({ rows: [{ line: 3 }], defects: [{ line: 2 }] });
  });
});

const rss = (items: string, head = "") =>
  `<?xml version="1.0"?>${head}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>${items}</channel></rss>`;

describe("xml", () => {
  it("reads RSS items: prefixes fall off, text stays text, g: wins over the plain name", () => {
    const text = rss(
      "<item><title>plain</title><g:title>Café &amp; &#8364; &#x41;</g:title><link>https://shop.example/a</link>" +
        "<g:gtin>0012345678905</g:gtin><description><![CDATA[<b>1 &amp; 2</b> <!DOCTYPE html>]]></description>" +
        "<g:product_type>A &gt; B</g:product_type><g:product_type>C</g:product_type></item>",
    );
    expect(readFeed(text, "xml")).toEqual({
      rows: [
        {
          line: 1,
          row: {
            title: "Café & € A",
            link: "https://shop.example/a",
            gtin: "0012345678905",
            description: "<b>1 &amp; 2</b> <!DOCTYPE html>",
            product_type: "A > B",
          },
        },
      ],
      defects: [],
    });
  });

  it("reads Atom entries, whose link is an attribute", () => {
    const text =
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><g:id>A</g:id>' +
      '<link rel="self" href="https://shop.example/feed"/><link href="https://shop.example/a"/></entry>' +
      "<entry><g:id>B</g:id></entry></feed>";
    expect(readFeed(text, "xml").rows).toEqual([
      { line: 1, row: { id: "A", link: "https://shop.example/a" } },
      { line: 2, row: { id: "B" } },
    ]);
  });

  it.each([
    [
      "a document type",
      rss("<item><g:id>A</g:id></item>", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
    ["a document type in small letters", rss("", "<!doctype rss>")],
    ["a truncated document", rss("<item><g:id>A</g:id></item>").slice(0, -20)],
    ["another vocabulary", "<html><body/></html>"],
    ["names that reach a prototype", rss("<item><__proto__>x</__proto__></item>")],
    ["absurd nesting", `${"<a>".repeat(5000)}${"</a>".repeat(5000)}`],
    ["no XML at all", "hello"],
    ["nothing", ""],
  ])("refuses %s whole", (_, text) => {
    const feed = readFeed(text, "xml");
    expect(feed.rows).toEqual([]);
    expect(feed.defects).toHaveLength(1);
  });

  it("expands no entity beyond XML's own, however often it is written", () => {
    const [row] = rowsOf(rss(`<item><title>&boom;${"&amp;".repeat(5000)}</title></item>`), "xml");
    expect(row).toEqual({ title: `&boom;${"&".repeat(5000)}` });
  });
});

describe("feedFormatOf", () => {
  it.each([
    ["application/x-ndjson", "", "ndjson"],
    ["application/jsonl", "", "ndjson"],
    ["application/json; charset=utf-8", "", "json"],
    ["text/tab-separated-values", "", "tsv"],
    ["text/csv; header=present", "", "csv"],
    ["application/rss+xml", "", "xml"],
    ["application/atom+xml", "", "xml"],
    ["text/xml", "", "xml"],
    ["text/plain", "\uFEFF <rss>", "xml"],
    [undefined, '[{"id":"A"}]', "json"],
    [undefined, '{"items":[]}', "json"],
    [undefined, '{\n  "items": []\n}', "json"],
    [undefined, '{"id":"A"}\n{"id":"B"}', "ndjson"],
    ["application/octet-stream", "id\ttitle, long\n", "tsv"],
    [null, "id;title\n", "csv"],
    [null, "hello", undefined],
    [null, "", undefined],
  ])("%s, %j: %s", (contentType, text, format) => {
    expect(feedFormatOf(contentType, text)).toBe(format);
  });
});

describe("laws", () => {
  it("reading never throws, and every place counts from 1", () => {
    const pieces = fc.constantFrom(
      "<rss>",
      "</rss>",
      "<item>",
      "</item>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "<!DOCTYPE",
      "&#x110000;",
      "&#xD800;",
      '"',
      "'",
      ",",
      ";",
      "\t",
      "\r",
      "\n",
      "\r\n",
      "{",
      "}",
      "[",
      "]",
      ":",
      "\uFEFF",
      "\u0000",
      "\uD800",
      "__proto__",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 60 })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...FEED_FORMATS), (body, format) => {
        const feed = readFeed(body, format);
        for (const { line } of [...feed.rows, ...feed.defects]) expect(line).toBeGreaterThanOrEqual(1);
        feedFormatOf(undefined, body);
      }),
      { numRuns: 1000 },
    );
  });

  it("a table written with quotes is read back as it was", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.startsWith("'"));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (cells) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = cells.map(([a, b]) => `key,${quoted(a)},${quoted(b)}`).join("\r\n");
        expect(rowsOf(`k,a,b\r\n${text}`, "csv")).toEqual(cells.map(([a, b]) => ({ k: "key", a, b })));
      }),
    );
  });
});

const SPECTRUM = [
  "comma_in_quotes",
  "empty",
  "empty_crlf",
  "escaped_quotes",
  "json",
  "newlines",
  "newlines_crlf",
  "quotes_and_newlines",
  "simple",
  "simple_crlf",
  "utf8",
];

describe.skipIf(sharedPath("vectors/csv-spectrum/csvs/simple.csv") === undefined)("csv-spectrum", () => {
  it.each(SPECTRUM)("%s", (name) => {
    const csv = readShared(`vectors/csv-spectrum/csvs/${name}.csv`) ?? "";
    // The CRLF files lost their carriage returns on the way into version control; the expected answers kept theirs.
    const text = name.endsWith("_crlf") ? csv.replaceAll(/\r?\n/g, "\r\n") : csv;
    const feed = readFeed(text, "csv");
    expect(feed.defects).toEqual([]);
    expect(feed.rows.map(({ row }) => row)).toEqual(
      JSON.parse(readShared(`vectors/csv-spectrum/json/${name}.json`) ?? ""),
    );
  });
});

describe.skipIf(sharedPath("vectors/hostile/bodies.json") === undefined)("hostile input", () => {
  const { bodies } = JSON.parse(readShared("vectors/hostile/bodies.json") ?? '{"bodies":[]}') as {
    bodies: { name: string; raw: string }[];
  };
  const { cells } = JSON.parse(readShared("vectors/hostile/csv-formula.json") ?? '{"cells":[]}') as {
    cells: string[];
  };

  it.each(bodies.map(({ name, raw }) => [name, raw]))("%s never throws, in any format", (_, raw) => {
    for (const format of FEED_FORMATS) expect(readFeed(raw, format)).toHaveProperty("rows");
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(cells.map((cell) => [cell]))(
    "the formula %j loses exactly the one apostrophe that an export adds",
    (cell) => {
      const table = (text: string) => `id,title\nA,"${text.replaceAll('"', '""')}"`;
      expect(rowsOf(table(`'${cell}`), "csv")).toEqual([{ id: "A", title: cell }]);
      expect(rowsOf(table(cell), "csv")).toEqual([{ id: "A", title: cell }]);
      // An apostrophe of the cell's own was guarded by another.
      if (/^["';]/.test(cell)) return;
      expect(rowsOf(table(`''${cell}`), "csv")).toEqual([{ id: "A", title: `'${cell}` }]);
    },
  );
});
