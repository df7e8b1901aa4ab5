import fc from "fast-check";
import type * as v from "valibot";
import { describe, expect, test } from "vitest";
import { CatalogItem } from "../../src/core/catalog/item.ts";
import { parseCatalogRow } from "../../src/core/catalog/parse-row.ts";
import { Config } from "../../src/core/config/config.ts";
import { statementOfGpp } from "../../src/core/consent/gpp.ts";
import { settleSignals } from "../../src/core/consent/signals.ts";
import { decodeTcf, statementOfTcf } from "../../src/core/consent/tcf.ts";
import { EVENT_SCHEMA } from "../../src/core/event/event.ts";
import { ImportOptions } from "../../src/core/import/options.ts";
import { parseMoment } from "../../src/core/primitives/time.ts";
import { parseWith } from "../../src/core/problem/parse.ts";
import type { Problem } from "../../src/core/problem/problem.ts";
import { EndpointRequest } from "../../src/core/webhook/endpoint.ts";
import { ReplayRequest } from "../../src/core/webhook/requests.ts";
import { DecideRequest, RankRequest } from "../../src/core/wire/decide.ts";
import { EventsRequest } from "../../src/core/wire/events.ts";
import { parseJson } from "../../src/http/read-body.ts";
import { mapGa4 } from "../../src/import/ga4.ts";
import { mapSegment } from "../../src/import/segment.ts";
import {
  exampleOf,
  hostileBodies,
  hostileTexts,
  leavesOf,
  oddValues,
  piecesOf,
  placesOf,
  storedForm,
  textsIn,
  type Vectors,
} from "../edge/hostile-inputs.ts";
import { readShared } from "../support/shared.ts";

const shared = (name: string): unknown => JSON.parse(readShared(`vectors/hostile/${name}.json`) ?? "null");
const vectors = {
  badIds: shared("bad-ids"),
  bodies: shared("bodies"),
  cells: shared("csv-formula"),
  moments: shared("times"),
  tcf: readShared("vectors/tcf/tcf-strings.txt") ?? null,
  gpp: readShared("vectors/gpp/gpp-strings.txt") ?? null,
  segment: readShared("vectors/segment-spec/samples.jsonl") ?? null,
} as Vectors;

const TEXTS = hostileTexts(vectors);
const ODD = oddValues(vectors);
/** Names that a refusal may repeat in its pointer, since programs and people name fields so. */
const PLAIN_NAME = /^(?=.{1,64}$)[\w$.-]+(?: [\w$.-]+)*$/;

/** What two refusals of one place have in common whatever was sent are our own words. */
const wordsOf = (schema: v.GenericSchema, fill: (value: unknown) => unknown): string =>
  [null, 7, "", "\u0001", "?", []]
    .map((control) => parseWith(schema, fill(control), "body_invalid"))
    .flatMap((parsed) => (parsed.ok ? [] : textsIn(parsed.problem)))
    .join("\n");

/** Names of JavaScript that refusals speak of themselves. */
const RESERVED = "__proto__ constructor prototypes";

/** A piece of a text that a refusal repeats. */
function echoIn(problem: Problem, text: string, own = RESERVED): string | undefined {
  const said = textsIn(problem).join("\n");
  return piecesOf(text).find((piece) => said.includes(piece) && !own.includes(piece));
}

const SCHEMAS: (readonly [name: string, schema: v.GenericSchema])[] = [
  ...EVENT_SCHEMA,
  ["config", Config],
  ["item", CatalogItem],
  ["decide", DecideRequest],
  ["rank", RankRequest],
  ["events", EventsRequest],
  ["webhook", EndpointRequest],
  ["replay", ReplayRequest],
  ["import options", ImportOptions],
];

describe("every place of every schema, with every hostile text", () => {
  test.each(SCHEMAS)("%s: refused without repeating it, or kept exactly", (_, schema) => {
    expect(parseWith(schema, exampleOf(schema), "body_invalid").ok, "the example is right").toBe(true);
    const places = placesOf(schema);
    expect(places.filter(({ takes }) => takes === "text").length).toBeGreaterThan(0);
    const wrong: unknown[] = [];
    for (const { pointer, takes, fill } of places) {
      const own = wordsOf(schema, fill);
      for (const value of takes === "name" ? TEXTS : [...TEXTS, ...ODD]) {
        const parsed = parseWith(schema, fill(value), "body_invalid");
        const text = typeof value === "string" ? value : textsIn(value).join();
        if (!parsed.ok) {
          const echo = echoIn(parsed.problem, text, own);
          if (echo !== undefined && !(takes === "name" && PLAIN_NAME.test(text)))
            wrong.push(["echo", pointer, text.slice(0, 60), echo, parsed.problem]);
        } else if (takes === "text" && typeof value === "string" && !isKept(parsed.value, pointer, value))
          wrong.push(["changed", pointer, value.slice(0, 60)]);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });
});

/** The one place where a moment is written ends as a number, and a page's address loses its query and fragment. */
function isKept(parsed: unknown, pointer: string, text: string): boolean {
  const kept = storedForm(pointer, text);
  const moment = parseMoment(text);
  if (moment !== undefined && JSON.stringify(parsed).includes(String(moment))) return true;
  return textsIn(parsed).includes(kept);
}

describe("bodies", () => {
  const decoded = (body: string | Uint8Array): string =>
    typeof body === "string" ? body : new TextDecoder().decode(body);

  test("every hostile body is JSON that is safe to walk, or refused without repeating it", () => {
    const bodies = hostileBodies(vectors);
    let refused = 0;
    for (const [name, body] of bodies) {
      const text = decoded(body);
      const parsed = parseJson(text);
      if (parsed.ok) expect(parsed.value, name).toEqual(JSON.parse(text));
      else {
        refused++;
        expect(echoIn(parsed.problem, text), name).toBeUndefined();
      }
    }
    expect(refused).toBeGreaterThan(10);
  });

  test("every hostile text comes through exactly, as a value and as a name, or is refused without repeating it", () => {
    for (const text of TEXTS)
      for (const value of [[text], Object.fromEntries([[text, 1]]), { a: { b: [{ c: text }] } }]) {
        const parsed = parseJson(JSON.stringify(value));
        if (parsed.ok) expect(parsed.value).toEqual(value);
        else {
          expect(["body_hostile", "body_too_deep"]).toContain(parsed.problem.code);
          expect(echoIn(parsed.problem, text), text.slice(0, 40)).toBeUndefined();
        }
      }
  });

  test("whatever JSON there is: as JSON.parse reads it, or refused, and no object's prototype changes", () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false, maxDepth: 20 }), (text) => {
        const parsed = parseJson(text);
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text));
        else expect(parsed.problem.code).toMatch(/^body_/);
      }),
      { numRuns: 500 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });
});

describe("other people's words", () => {
  const valid = new Set([vectors.tcf, vectors.gpp].flatMap((text) => (text ?? "").split("\n")));
  const grants = (statement: object): boolean => Object.values(statement).includes(true);

  test("garbage in place of a consent string is read without a throw, and grants nothing", () => {
    for (const text of TEXTS.filter((one) => !valid.has(one))) {
      const shown = text.slice(0, 40);
      expect(grants(statementOfTcf(decodeTcf(text))), shown).toBe(false);
      expect(grants(statementOfGpp(text)), shown).toBe(false);
      expect(grants(settleSignals({ tcf: text, gpp: text }, { gpcHeader: text }).statement), shown).toBe(
        false,
      );
    }
  });

  test.skipIf(vectors.tcf === null)(
    "a valid consent string with one letter changed or cut off is read too",
    () => {
      const strings = [...valid].filter((text) => text !== "");
      fc.assert(
        fc.property(
          fc.constantFrom(...strings),
          fc.nat(),
          fc.string({ unit: "binary", minLength: 0, maxLength: 2 }),
          (text, at, put) => {
            const cut = at % (text.length + 1);
            for (const spoilt of [text.slice(0, cut) + put + text.slice(cut + 1), text.slice(0, cut)]) {
              const { statement } = settleSignals({ tcf: spoilt, gpp: spoilt });
              for (const granted of Object.values(statement)) expect(granted).toBeTypeOf("boolean");
            }
          },
        ),
        { numRuns: 2_000 },
      );
    },
  );

  test.skipIf(vectors.segment === null)("Segment's samples with a hostile text at every leaf", () => {
    const samples = (vectors.segment ?? "").split("\n").filter((line) => line !== "");
    expect(samples).toHaveLength(82);
    let [mapped, refused] = [0, 0];
    for (const [i, line] of samples.entries()) {
      const { payload } = JSON.parse(line) as { payload?: unknown };
      if (payload === undefined) continue;
      for (const [j, { pointer, takes, fill }] of leavesOf(payload).entries())
        for (let k = (i + j) % 5; k < TEXTS.length; k += 5) {
          const text = TEXTS[k]!;
          const read = mapSegment(fill(text));
          if (read.ok) mapped++;
          else {
            refused++;
            const echo = echoIn(read.problem, text, `${JSON.stringify(mapSegment({}))}anonymousId`);
            expect(takes === "name" ? undefined : echo, `${pointer} ${text.slice(0, 40)}`).toBeUndefined();
          }
        }
    }
    expect(Math.min(mapped, refused)).toBeGreaterThan(1_000);
  });

  test("GA4's parameters with anything at all", () => {
    for (const name of ["view_item", "add_to_cart", "purchase", "refund", "search", ...TEXTS])
      for (const params of [...ODD, { items: TEXTS }, { items: TEXTS.map((item_id) => ({ item_id })) }]) {
        const read = mapGa4(name, params, { id: "g" });
        if (!read.ok) expect(echoIn(read.problem, name, "transaction_id"), name.slice(0, 40)).toBeUndefined();
      }
  });
});

describe("catalog rows", () => {
  const FIELDS = [
    "id",
    "title",
    "link",
    "image_link",
    "price",
    "availability",
    "product_type",
    "brand",
    "gtin",
  ];
  const row = { id: "a1", title: "A title", price: "12.99 EUR" };

  test("a merchant's cells: refused without repeating them, or kept but for the spaces around them", () => {
    let [kept, refused] = [0, 0];
    for (const field of FIELDS)
      for (const text of TEXTS) {
        const read = parseCatalogRow({ ...row, [field]: text });
        if (!read.ok) {
          refused++;
          expect(echoIn(read.problem, text), `${field} ${text.slice(0, 40)}`).toBeUndefined();
        } else if (text.trim() !== "" && read.value.kind === "upsert" && field !== "availability") {
          kept++;
          expect(textsIn(read.value.item), field).toContain(text.trim());
        }
      }
    expect(Math.min(kept, refused)).toBeGreaterThan(100);
  });

  test("columns that mean nothing are named no longer than a name is", () => {
    for (const text of TEXTS) {
      const read = parseCatalogRow({ ...row, ...Object.fromEntries([[text, "x"]]) });
      if (read.ok && read.value.kind === "upsert")
        for (const name of read.value.ignored ?? []) expect(name.length).toBeLessThanOrEqual(64);
      else if (!read.ok) expect(echoIn(read.problem, text)).toBeUndefined();
    }
  });
});
