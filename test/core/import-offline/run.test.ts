import { describe, expect, test } from "vitest";
import { IMPORT_KINDS, IMPORT_LIMITS } from "../../../src/core/import/import-kind.ts";
import { openTable } from "../../../src/import/csv-rows.ts";
import { readShared, sharedPath } from "../../support/shared.ts";
import { eventsOf, jsonLines, read } from "./reading.ts";

const AT = "2026-10-01T10:00:00Z";

describe("a run", () => {
  test("rows with a moment are the same event in every file; rows without are this file's", () => {
    const dated = jsonLines({ customerId: "K", at: AT, traits: { plan: "gold" } });
    const undated = jsonLines({ customerId: "K", traits: { plan: "gold" } });
    const id = (text: string, run: string) => eventsOf(read("customers", text, {}, run))[0]!.id;
    expect(id(dated, "one")).toBe(id(dated, "two"));
    expect(id(undated, "one")).toBe(id(undated, "one"));
    expect(id(undated, "one")).not.toBe(id(undated, "two"));
  });

  test("the same row twice counts once, and the report says so", () => {
    const row = { customerId: "K", at: AT, survey: "s", question: "q", kind: "nps", score: 9 };
    const found = read("surveys", jsonLines(row, row, { ...row, customerId: "L" }));
    expect(found.file.report().counts).toMatchObject({
      rows: 3,
      valid: 2,
      duplicatesInFile: 1,
      entries: 2,
      persons: 2,
    });
  });

  test("errors are told for the first hundred and counted for all, and never say what stood there", () => {
    const secret = "jane.doe@example.com is my address";
    const rows = Array.from({ length: 150 }, () => ({ customerId: "K", at: AT, rating: secret, item: "A" }));
    const { counts, errors } = read("reviews", jsonLines(...rows)).file.report();
    expect(counts.invalid).toBe(150);
    expect(errors).toHaveLength(IMPORT_LIMITS.errorsShownMax);
    expect(JSON.stringify(errors)).not.toContain("jane");
  });

  test("a person's entries come together, wherever their rows lie, and errors in the order of the file", () => {
    const row = (line: string) => `${line},q,nps`;
    const csv = [
      "customerId,at,score,question,kind",
      ...["B,AT,x", "A,AT,1", "B,AT,2", "A,AT,11", "B,AT,3"].map((text) => row(text.replace("AT", AT))),
    ];
    const { entries, file } = read("surveys", csv.join("\n"));
    expect(entries.map(({ line }) => line)).toEqual([4, 6, 3]);
    expect(file.report().errors.map(({ line }) => line)).toEqual([2, 5]);
  });

  test("an order's customer may stand in one of its rows only", () => {
    const { entries } = read("orders", `orderId,customerId,at,item\nA,,${AT},tea\nA,K,,cup`);
    expect(entries).toMatchObject([
      { person: { customerId: "K" }, events: [{ lines: [{ item: "tea" }, { item: "cup" }] }] },
    ]);
  });

  test("more rows than one file may have, and a quote that never closes, refuse the whole", () => {
    const many = read("orders", `orderId\n${"K\n".repeat(IMPORT_LIMITS.rowsMax + 1)}`);
    expect(many.file.unreadable).toMatchObject({ detail: expect.stringContaining("200000 rows") });
    const open = read("customers", 'customerId,traits.a\nK,1\nL,"2\nM,3\n');
    expect(open.file.unreadable).toMatchObject({ line: 3 });
  });

  test("behaviour of long ago is refused, an order of long ago is not", () => {
    const old = "2015-01-01T00:00:00Z";
    expect(read("reviews", `customerId,at,item,rating\nK,${old},A,5`).file.report().errors).toMatchObject([
      { code: "event_too_old" },
    ]);
    expect(read("orders", `orderId,customerId,at\nA,K,${old}`).entries).toHaveLength(1);
  });

  test("a row about nobody, or about a placeholder, is wrong", () => {
    const found = read("orders", `orderId,customerId,at\nA,,${AT}\nB,null,${AT}\nC,K,${AT}`);
    expect(found.file.report().errors.map(({ line, pointer }) => [line, pointer])).toEqual([
      [2, "/customerId"],
      [3, "/customerId"],
    ]);
  });
});

describe.skipIf(sharedPath("vectors/hostile/bodies.json") === undefined)("hostile rows", () => {
  const { bodies } = JSON.parse(readShared("vectors/hostile/bodies.json") ?? '{"bodies":[]}') as {
    bodies: { name: string; raw: string }[];
  };

  test.each(bodies.map(({ name, raw }) => [name, raw]))("%s never throws and keeps nothing", (_, raw) => {
    for (const kind of IMPORT_KINDS) {
      const text = `{"customerId":"K","at":"${AT}"\n${raw}`;
      const { entries, file } = read(kind, text);
      expect(entries).toEqual([]);
      expect(file.report().counts.invalid).toBeGreaterThan(0);
    }
    const table = openTable(raw);
    if (!("detail" in table)) expect([...table.rows()].length).toBeGreaterThanOrEqual(0);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test("keys of prototypes, endless nesting and broken text are refused inside a good row", () => {
    const deep = `${'{"a":'.repeat(50)}1${"}".repeat(50)}`;
    for (const traits of [
      '{"__proto__":{"admin":true}}',
      '{"constructor":1}',
      deep,
      '{"a":"x\\u0000"}',
      '{"a":"\\ud800"}',
    ]) {
      const { entries, file } = read("customers", `{"customerId":"K","traits":${traits}}`);
      expect(entries).toEqual([]);
      expect(file.report().counts.invalid).toBe(1);
    }
  });
});
