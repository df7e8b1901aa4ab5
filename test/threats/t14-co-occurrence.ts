import { aucOf, beside, isShown, look, PAIRS, settled } from "./crowd.ts";
import { seededRng } from "../../src/core/primitives/rng.ts";
import { itemOf, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const K = 5;
const FLOOR = 3;
const TARGETS = 8;
const CROWD = 36;
const ITEMS = 14;

export const coOccurrence: Threat = {
  id: "T14",
  title: "Read one shopper's behaviour out of what is shown together",
  off: [
    {
      name: "that several people must stand behind a pair",
      edits: [
        {
          file: "src/objects/model-object.ts",
          find: "publish(learned.model, { minCustomers, version,",
          replace: "publish(learned.model, { minCustomers: 1, version,",
        },
      ],
    },
    {
      name: "the floor of that number",
      edits: [
        {
          file: "src/core/config/read.ts",
          find: 'kind === "live" && parsed.value.model.minCustomers < MIN_CUSTOMERS_FLOOR',
          replace: "false",
        },
      ],
    },
    {
      name: "that sensitive items stay out of the model",
      edits: [
        {
          file: "src/core/decide/world.ts",
          find: "if (ordinal === undefined || sensitive.has(ordinal)) return;",
          replace: "if (ordinal === undefined) return;",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const items = [
      ...Array.from({ length: ITEMS }, (_, i) => itemOf(`i${i + 1}`)),
      itemOf("secret", { product_type: "Health > Tests" }),
      ...Array.from({ length: TARGETS * 2 }, (_, i) => itemOf(`t${i}`)),
    ];
    const site = await Site.open(stage, { config: { ...PAIRS, sensitiveTypes: ["Health"] }, items });

    // Exactly one person short of the threshold, and one more.
    await look(site, K - 1, ["i1", "i2"]);
    await look(site, K + 2, ["i1", "secret"]);
    await settled(site);
    tries.held(!(await beside(site, "i1")).includes("i2"), `a pair with ${K - 1} people behind it is shown`);
    await look(site, 1, ["i1", "i2"]);
    must(await isShown(site, "i1", "i2"), `a pair with ${K} people behind it is not shown`);
    tries.held(!(await beside(site, "i1")).includes("secret"), "a sensitive item is shown beside another");
    tries.held(
      !(await beside(site, "secret")).includes("i1"),
      "a sensitive item tells what it was looked at with",
    );

    // Everything that is shown, counted again by whoever made the crowd.
    const support = new Map<string, number>();
    const names = Array.from({ length: ITEMS - 6 }, (_, i) => `i${i + 7}`);
    const random = seededRng("the crowd");
    for (let person = 0; person < CROWD; person++) {
      const viewed = [...new Set([0, 1, 2].map(() => names[Math.floor(random() * names.length)]!))];
      await look(site, 1, viewed);
      for (const one of viewed)
        for (const other of viewed) support.set(`${one} ${other}`, (support.get(`${one} ${other}`) ?? 0) + 1);
    }
    await settled(site);
    const isBacked = (one: string, other: string) => (support.get(`${one} ${other}`) ?? 0) >= K;
    let pairs = 0;
    for (const one of names)
      for (const other of await beside(site, one)) {
        pairs++;
        // A list also follows one pair to the next: then enough people stand behind each of the two.
        const isChain = names.some((between) => isBacked(one, between) && isBacked(between, other));
        const people = support.get(`${one} ${other}`) ?? 0;
        tries.held(
          people >= K || isChain,
          `${one} and ${other} are shown together with ${people} people behind them`,
        );
      }
    must(pairs > 0, "nothing is shown together");

    for (const minCustomers of [0, 1, FLOOR - 1]) {
      const reply = await site.publish({ ...PAIRS, model: { minCustomers } });
      tries.held(reply.status === 400, `a threshold of ${minCustomers} was answered ${reply.status}`);
    }

    // Somebody with visitors of their own waits for the one that is missing.
    const truths = Array.from({ length: TARGETS }, (_, i) => i % 2 === 0);
    for (const [i, isSo] of truths.entries()) {
      await look(site, K - 1, [`t${2 * i}`, `t${2 * i + 1}`]);
      await look(site, 1, isSo ? [`t${2 * i}`, `t${2 * i + 1}`] : [`t${2 * i}`]);
    }
    await settled(site);
    const guesses: number[] = [];
    for (let i = 0; i < TARGETS; i++)
      guesses.push((await beside(site, `t${2 * i}`)).includes(`t${2 * i + 1}`) ? 1 : 0);
    const auc = aucOf(guesses, truths);
    if (auc > 0.55)
      tries.gap(
        `lists follow behaviour at once, without daily batches or hysteresis: whoever brings ${K - 1} visitors of their own sees whether one more person looked at a pair (AUC ${auc.toFixed(2)} over ${TARGETS} pairs; meant: 0.55)`,
      );
    return tries.outcome(
      `${K - 1} of ${K} people, a sensitive item, every pair that is shown (${pairs}), thresholds below ${FLOOR}`,
    );
  },
};
