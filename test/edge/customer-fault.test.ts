import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { bought, DAY, euros, exposed, happened, SHOP, viewed, World } from "./customers.ts";

/** Which storage call of an object fails, once: before it has happened, or after it has and nobody was told. */
type Fault = { readonly n: number; readonly when: "before" | "after" };
type Dial = { calls: number; hasFailed: boolean };

const NEVER: Fault = { n: 0, when: "before" };
const METHODS = ["transactionSync", "setAlarm", "getAlarm", "deleteAlarm", "deleteAll"] as const;

/** Counts an object's storage calls, and lets one of them fail. Statements fail before they have happened only. */
function watch(stub: DurableObjectStub, fault: Fault): Promise<Dial> {
  return runInDurableObject(stub, (_, { storage }) => {
    const dial: Dial = { calls: 0, hasFailed: false };
    const watched = (target: object, name: string, canFailAfter: boolean): void => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      Object.defineProperty(target, name, {
        configurable: true,
        value: (...args: unknown[]) => {
          const isIt =
            ++dial.calls === fault.n && !dial.hasFailed && (fault.when === "before" || canFailAfter);
          if (isIt) dial.hasFailed = true;
          if (isIt && fault.when === "before") throw new Error(`${name} failed.`);
          const result = Reflect.apply(method, target, args);
          if (isIt) throw new Error(`${name} failed, nobody knows how far it came.`);
          return result;
        },
      });
    };
    watched(storage.sql, "exec", false);
    for (const name of METHODS) watched(storage, name, true);
    return dial;
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
  const dial = await watch(target, fault);
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
    calls: dial.calls,
    truth: {
      numbers: await world.numbers(),
      views: [await seen("v"), await seen("c")],
      stored: [(await world.stored("v")) !== null, (await world.stored("c")) !== null],
      burials: (await world.ledgerRows<{ object: string }>("SELECT object FROM burials")).length,
      nobodyLooksAfter: alarms.filter(Boolean).length,
    },
  };
}

/** How many calls are tried at each place; none of the scenes makes more that matter. */
const CALLS_MAX = 40;
const AT_ONCE = 6;

describe.each(Object.keys(SCENES))("%s, when any one storage call fails", (name) => {
  test.each(PLACES)("at the %s's, ends as if nothing had", { timeout: 120_000 }, async (place) => {
    const scene = SCENES[name]!;
    const { calls, truth } = await play(scene, place, NEVER);
    const faults = Array.from({ length: Math.min(calls, CALLS_MAX) }, (_, i) => i + 1).flatMap(
      (n): Fault[] => [
        { n, when: "before" },
        { n, when: "after" },
      ],
    );
    for (let i = 0; i < faults.length; i += AT_ONCE) {
      const some = faults.slice(i, i + AT_ONCE);
      const ends = await Promise.all(
        some.map((fault) => play(scene, place, fault).catch((error: unknown) => ({ truth: String(error) }))),
      );
      ends.forEach((end, j) => expect(end.truth, JSON.stringify(some[j])).toEqual(truth));
    }
  });
});
