import { readFileSync } from "node:fs";
import { snippetOf } from "./patching.ts";
import { Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

/** Words of languages that somebody's evaluator once ran. */
const PAYLOADS = [
  "script::1==1",
  "script::java.lang.Runtime.getRuntime().exec('id')",
  "%{(#a=@java.lang.Runtime@getRuntime().exec('id'))}",
  "${7*7}",
  "#{7*7}",
  "{{7*7}}",
  "{{constructor.constructor('return this')()}}",
  "<%= 7*7 %>",
  "${jndi:ldap://x.example/a}",
  "'; DROP TABLE log; --",
  '" OR ""="',
  "__proto__",
  "constructor",
  "toString",
  "process.exit()",
  "() => true",
  "return true",
  "*) (&(objectClass=*)",
];

/** Operators of other languages, and of none. */
const OPERATORS = [
  "$where",
  "$function",
  "$expr",
  "$accumulator",
  "$script",
  "$eval",
  "$jsonSchema",
  "$text",
  "$",
];

/** A rule that hides one item where its condition holds. */
const hiding = (when: unknown): object => ({
  holdout: { share: 0 },
  rules: [{ id: "hide", when, then: [{ do: "hide", items: ["i2"] }] }],
});

/** What would run text as code. */
const EVALUATORS =
  /(?<![.\w$])eval\s*\(|new Function\b|(?<![\w$.])Function\s*\(|setTimeout\(\s*["'`]|vm\.runIn/g;

export const injection: Threat = {
  id: "T6",
  title: "Run code through rules, config or events",
  off: [
    {
      name: "the closed list of operators",
      edits: [
        {
          file: "src/core/segment/condition.ts",
          find: "!(CONDITION_OPERATORS as readonly string[]).includes(key)",
          replace: "false",
        },
      ],
    },
    {
      name: "that text of a condition is only ever compared",
      edits: [
        {
          file: "src/core/segment/evaluate.ts",
          find: "if (!foldsCase) return (value) => !isComposite(value) && String(value) === condition;",
          replace:
            'if (condition.startsWith("script::")) { const [a, b] = condition.slice(8).split("=="); return () => a === b; }\n      if (!foldsCase) return (value) => !isComposite(value) && String(value) === condition;',
        },
      ],
    },
    {
      name: "that nothing in the worker makes code of text",
      edits: [
        {
          file: "src/core/segment/evaluate.ts",
          find: "const test = compileTree(condition);",
          replace:
            'const test = typeof condition["code"] === "string" ? (new Function("a", condition["code"]) as never) : compileTree(condition);',
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const ids = async (query: string) => {
      const reply = await site.decide("similar", { page: { type: "product", item: "i1", query } });
      must(reply.slot && reply.slot.items.length > 0, `nothing was decided: ${reply.text.slice(0, 200)}`);
      return reply.slot.items.map(({ id }) => id).join(" ");
    };
    const plain = await ids("tea");
    must(plain.includes("i2"), "the item to be hidden is not shown anyway");
    must(
      (await site.publish(hiding({ "page.query": "open sesame" }))).status === 200,
      "a right rule was refused",
    );
    must(!(await ids("open sesame")).includes("i2"), "a right rule does not work");

    for (const operator of OPERATORS)
      for (const when of [
        { [operator]: "1==1" },
        { "page.query": { [operator]: "1==1" } },
        { $and: [{ $not: { x: { [operator]: {} } } }] },
      ]) {
        const reply = await site.publish(hiding(when));
        tries.held(reply.status === 400, `a condition with ${operator} was answered ${reply.status}`);
      }
    // As a value and as a name, a text is only a text: whoever does not search for it is answered as ever.
    const values = { $or: PAYLOADS.map((payload) => ({ "page.query": payload })) };
    tries.held((await site.publish(hiding(values))).status === 200, "a text cannot be compared with");
    tries.held((await ids("tea")) === plain, "one of the texts in a condition was not only compared");
    const [odd, even] = [PAYLOADS.filter((payload) => !/^(__proto__|constructor)$/.test(payload)), PAYLOADS];
    const names = { $or: odd.map((payload) => ({ [`traits.${payload}`]: { $exists: true } })) };
    tries.held((await site.publish(hiding(names))).status === 200, "a text cannot be a name");
    tries.held((await ids("tea")) === plain, "one of the names in a condition was not only looked up");
    for (const payload of even) {
      const asked = { query: payload, title: payload, category: payload };
      const reply = await site.decide("similar", {
        page: { type: "product", item: "i1", ...asked },
        locale: payload.slice(0, 16),
      });
      const shown = reply.slot?.items.map(({ id }) => id).join(" ");
      tries.held(reply.status === 400 || shown === plain, `“${payload}” on a page changed a decision`);
      tries.held(!/\b49\b/.test(reply.text), `“${payload}” was worked out`);
    }

    for (const [what, code] of [
      ["the worker", readFileSync(stage.workerPath, "utf8")],
      ["the snippet", await snippetOf(stage.patch)],
    ] as const) {
      const found = [...code.matchAll(EVALUATORS)];
      tries.held(found.length === 0, `${what} makes code of text: ${found[0]?.[0]}`);
    }
    return tries.outcome(
      "foreign operators, payloads as values, names and events, evaluators in the bundles",
    );
  },
};
