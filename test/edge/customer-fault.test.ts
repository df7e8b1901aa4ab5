import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { bought, DAY, euros, exposed, happened, SHOP, viewed, World } from "./customers.ts";

/** Which storage call of an object fails, once: before it has happened, or after it has and nobody was told. */
type Fault = { readonly n: number; readonly when: "before" | "after" };

const NEVER: Fault = { n: 0, when: "before" };
/** Beside statements. The framework itself reads and deletes alarms, so those calls are left alone. */
const METHODS = ["transactionSync", "setAlarm", "deleteAll"] as const;

/** Notes an object's storage calls, and lets one of them fail. */
function watch(stub: DurableObjectStub, fault: Fault): Promise<readonly string[]> {
  return runInDurableObject(stub, (_, { storage }) => {
    const calls: string[] = [];
    let isInside = false;
    const watched = (target: object, name: string): void => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      Object.defineProperty(target, name, {
        configurable: true,
        value: (...args: unknown[]) => {
          const isIt = calls.push(isInside ? `${name}, inside` : name) === fault.n;
          if (isIt && fault.when === "before") throw new Error(`${name} failed.`);
          isInside ||= name === "transactionSync";
          let result: unknown;
          try {
            result = Reflect.apply(method, target, args);
          } finally {
            if (name === "transactionSync") isInside = false;
          }
          if (isIt) throw new Error(`${name} failed, nobody knows how far it came.`);
          return result;
        },
      });
    };
    watched(storage.sql, "exec");
    for (const name of METHODS) watched(storage, name);
    return calls;
  });
}

const START = Date.now() - DAY;
const PLACES = ["visitor", "customer", "ledger", "courier", "model"] as const;
type Place = (typeof PLACES)[number];

type Scene = {
  readonly before: (world: World) => Promise<unknown>;
  /** What may fail, and is done again then. */
  readonly act: (world: World) => Promise<unknown>;
};

const page = (n: number, at = START + n) => viewed(`item-${n}`, { id: `page-${n}`, at });
const order = (minor: number) => bought("o", minor, { id: `order-${minor}`, at: START + 500 });

/** What is told and asked in each scene. Ids are fixed: a repetition is one. */
const SCENES: Readonly<Record<string, Scene>> = {
  "the first call": {
    before: () => Promise.resolve(),
    act: async (world) => world.tell("v", [page(1), order(900)]),
  },
  "a late event": {
    before: async (world) => {
      await world.tell("v", [page(1), page(2)]);
      await world.settled();
    },
    act: async (world) =>
      world.tell("v", [
        page(3, START - 50),
        happened("traits_updated", { id: "traits", at: START - 60, traits: { size: "M" } }),
      ]),
  },
  "an order, its verdict and its refund": {
    before: async (world) => {
      await world.tell("v", [{ ...exposed(await world.party("v"), "exp", "a", { at: START }), id: "seen" }]);
      await world.tell("c", [bought("o", 905, { id: "shop", at: START + 600 })], SHOP);
      await world.settled();
    },
    act: async (world) => {
      await world.tell("v", [order(900)]);
      await world.alarm("v");
      await world.tell(
        "c",
        [happened("order_refunded", { id: "refund", orderId: "o", at: START + 700, amount: euros(100) })],
        SHOP,
      );
      await world.alarm("c");
    },
  },
  "a withdrawal": {
    before: async (world) => {
      await world.tell("v", [page(1), order(900)]);
      await world.tell("v", [page(2)], { consent: { marketing: true } });
    },
    act: async (world) =>
      world.tell(
        "v",
        [happened("consent_updated", { id: "no", consent: { personalization: false, marketing: false } })],
        { consent: {} },
      ),
  },
  "a merge": {
    before: async (world) => {
      await world.tell("c", [page(1)]);
      await world.tell("v", [page(2), order(900)]);
    },
    act: async (world) => {
      await world.merge("v", "c");
      await world.tell("v", [page(3)]);
    },
  },
  "an undone merge": {
    before: async (world) => {
      await world.tell("c", [page(1)]);
      await world.tell("v", [page(2), order(900)]);
      await world.merge("v", "c");
      await world.settled();
    },
    act: async (world) => {
      const outcome = await world.unmerge("v", "c");
      expect(["undone", "unknown"]).toContain(outcome);
    },
  },
  "an erasure": {
    before: async (world) => {
      await world.tell("v", [page(2), order(900)]);
      await world.merge("v", "c");
      await world.settled();
      await world.tell("c", [page(1)]);
    },
    act: async (world) => world.erase("c", "er_1"),
  },
};

/** Plays a scene with a fault, and again without; says what is true in the end. */
async function play(scene: Scene, place: Place, fault: Fault) {
  const world = await World.open();
  await Promise.all([world.party("v"), world.party("c")]);
  await scene.before(world);
  const target = {
    visitor: (await world.party("v")).stub,
    customer: (await world.party("c")).stub,
    ledger: world.ledger,
    courier: env.COURIER.get(env.COURIER.idFromString(world.receivers.courier)),
    model: env.MODEL.get(env.MODEL.idFromString(world.receivers.model)),
  }[place];
  const calls = await watch(target, fault);
  let hasThrown = false;
  await scene.act(world).catch(() => {
    hasThrown = true;
  });
  if (hasThrown) await scene.act(world);
  await world.settled();
  const seen = async (name: string) => {
    const view = await world.view(name);
    if (typeof view === "string") return view;
    const { recent, cart, owned, traits, orders, permitted } = view;
    return JSON.stringify({
      recent,
      cart: [...cart],
      owned: [...owned],
      traits: [...traits],
      orders,
      permitted,
    });
  };
  const alarms = await Promise.all(
    ["v", "c"].map(async (name) => {
      const { stub } = world.parties.get(name)!;
      const isStored = (await world.stored(name)) !== null;
      return isStored && (await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())) === null;
    }),
  );
  return {
    calls,
    truth: {
      numbers: await world.numbers(),
      views: [await seen("v"), await seen("c")],
      stored: [(await world.stored("v")) !== null, (await world.stored("c")) !== null],
      burials: (await world.ledgerRows<{ object: string }>("SELECT object FROM burials")).length,
      nobodyLooksAfter: alarms.filter(Boolean).length,
    },
  };
}

/** How many calls are tried at each place: all that a scene makes there, except for the last of the long ones. */
const CALLS_MAX: Readonly<Record<Place, number>> = {
  visitor: 40,
  customer: 40,
  ledger: 30,
  courier: 4,
  model: 4,
};
const AT_ONCE = 16;

describe.each(Object.keys(SCENES))("%s, when any one storage call fails", (name) => {
  test.each(PLACES)("at the %s's, ends as if nothing had", { timeout: 120_000 }, async (place) => {
    const scene = SCENES[name]!;
    const { calls, truth } = await play(scene, place, NEVER);
    const faults = calls.slice(0, CALLS_MAX[place]).flatMap((method, i): Fault[] => {
      const n = i + 1;
      // Statements of one transaction fail alike, so its first and its last one stand for all between.
      const isBetween = [calls[i - 1], method, calls[n]].every((call) => call === "exec, inside");
      if (isBetween) return [];
      // A statement that fails afterwards is the next one failing before.
      return [{ n, when: "before" }, ...(method.startsWith("exec") ? [] : [{ n, when: "after" } as const])];
    });
    const wrong: unknown[] = [];
    for (let i = 0; i < faults.length; i += AT_ONCE) {
      const some = faults.slice(i, i + AT_ONCE);
      const ends = await Promise.all(
        some.map((fault) => play(scene, place, fault).catch((error: unknown) => ({ truth: String(error) }))),
      );
      for (const [j, end] of ends.entries())
        if (JSON.stringify(end.truth) !== JSON.stringify(truth))
          wrong.push({ ...some[j]!, method: calls[some[j]!.n - 1], truth: end.truth });
    }
    if (wrong.length > 0) expect(wrong).toEqual([{ truth }]);
  });
});
