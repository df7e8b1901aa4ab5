import { CONFIG_LIMITS } from "../../src/core/config/limits.ts";
import { Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const NESTED = ["(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){20}"];
/** Longest a decision may take here. What stalls takes seconds; this leaves room for a busy machine. */
const STALL_MS = 500;
/** What is meant to be allowed a decision under the worst rule, in milliseconds of CPU. */
const WORST_MS = 5;
const ROUNDS = 15;

const hiding = (conditions: readonly unknown[]): object => ({
  holdout: { share: 0 },
  rules: conditions.map((when, i) => ({ id: `r${i}`, when, then: [{ do: "hide", items: ["i2"] }] })),
});

const nested = (depth: number): object => (depth === 0 ? { "page.query": "x" } : { $not: nested(depth - 1) });

/** As many costly questions as fit into a config: versions are the only operator that takes a text apart. */
function worst(): object[] {
  const conditions: object[] = [];
  for (let bytes = 1_000; ;) {
    const when = { $and: Array.from({ length: 20 }, () => ({ "page.url": { $vne: "1" } })) };
    bytes += JSON.stringify(when).length + 60;
    if (bytes > CONFIG_LIMITS.bytesMax || conditions.length === CONFIG_LIMITS.rulesMax) return conditions;
    conditions.push(when);
  }
}

export const costlyRules: Threat = {
  id: "T7",
  title: "Stall every decision with a costly rule",
  off: [
    {
      name: "the matcher that takes linear time",
      edits: [
        {
          file: "src/core/segment/operators.ts",
          find: "  $regex: pattern(false),",
          replace:
            "  $regex: (operand) => { const pattern = new RegExp(String(operand)); return (value) => pattern.test(String(value)); },",
        },
      ],
    },
    {
      name: "the bounds of a condition",
      edits: [
        {
          file: "src/core/segment/condition.ts",
          find: "if (++nodes > CONFIG_LIMITS.conditionNodesMax)",
          replace: "if (false)",
        },
        {
          file: "src/core/segment/condition.ts",
          find: "if (depth > CONFIG_LIMITS.conditionDepthMax)",
          replace: "if (false)",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const url = `https://shop.example/${"1.2-".repeat(500)}`;
    const slowest = async (query: string): Promise<number> => {
      const all: number[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        const startedAt = performance.now();
        // Another address each time: the same question is answered once a second.
        const page = { type: "product", item: "i1", query, url: `${url}${i}` };
        const reply = await site.decide("similar", { page });
        all.push(performance.now() - startedAt);
        must(reply.status === 200, reply.text);
        if (all.at(-1)! > STALL_MS * 4) break;
      }
      return all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
    };
    await slowest("warm");
    const before = await slowest("tea");
    for (const pattern of NESTED) {
      const reply = await site.publish(hiding([{ "page.query": { $regex: pattern } }]));
      tries.held([200, 400].includes(reply.status), `the pattern ${pattern} was answered ${reply.status}`);
      const took = await slowest(`${"a".repeat(26)}!`);
      tries.held(took < STALL_MS, `the pattern ${pattern} stalls a decision for ${took.toFixed(0)} ms`);
    }
    must((await site.publish(hiding([]))).status === 200, "the rules cannot be taken back");
    for (const [what, when] of [
      ["as deep as a body may be", nested(CONFIG_LIMITS.conditionDepthMax + 1)],
      ["of a thousand questions", { $or: Array.from({ length: 1000 }, () => ({ "page.query": "x" })) }],
    ] as const) {
      const reply = await site.publish(hiding([when]));
      tries.held(reply.status === 400, `a condition ${what} was answered ${reply.status}`);
    }
    const rules = worst();
    const published = await site.publish(hiding(rules));
    must(published.status === 200, published.text);
    const worstMs = (await slowest("tea")) - before;
    tries.held(
      worstMs < STALL_MS,
      `the costliest config that is taken stalls a decision for ${worstMs.toFixed(0)} ms`,
    );
    if (worstMs > WORST_MS)
      tries.gap(
        `no budget of operations per decision: ${rules.length} rules with ${rules.length * 20} version questions about a 2 KB address cost ${worstMs.toFixed(0)} ms a decision (meant: ${WORST_MS} ms)`,
      );
    return tries.outcome(`patterns, depth, breadth, the costliest config (${worstMs.toFixed(1)} ms more)`);
  },
};
