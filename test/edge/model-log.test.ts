import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/core/primitives/time.ts";
import { seededRng } from "../../src/core/primitives/rng.ts";
import type { BehaviourObject } from "../../src/objects/behaviour-object.ts";
import type { ModelObject } from "../../src/objects/model-object.ts";
import type { Shipment } from "../../src/store/outbox.ts";
import {
  buy,
  endsAt,
  failsAt,
  logOf,
  newModel,
  parcel,
  receivedBy,
  sliceAt,
  slicesOf,
  tablesOf,
  told,
  undisturbed,
  view,
  watched,
  type Bench,
  type ModelStub,
  UNGUARDED,
} from "./behaviour.ts";

const WHENS = ["before", "after"] as const;
const RECEIPT = { receiptId: "er_1" };
const START = Date.now();

afterEach(() => vi.useRealTimers());

/** Lets the alarm find its errands due. */
async function later(stub: ModelStub, ms: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
  await runDurableObjectAlarm(stub);
}

/** A view and a purchase of each of these people, in one batch after the other. */
async function teach(stub: ModelStub, people: readonly string[], batches = 3): Promise<void> {
  for (let seq = 1; seq <= batches; seq++) {
    const at = START + seq * 1000;
    await Promise.all(
      people.map((source) =>
        stub.receive({
          source,
          parcels: [parcel(seq, view("tea", at), view(`cup-${seq}`, at), buy(["tea", `cup-${seq}`], at))],
        }),
      ),
    );
  }
}

const expected = (people: readonly string[], seqs: number): string[] =>
  people.flatMap((source) => Array.from({ length: seqs }, (_, i) => `${source}:${i + 1}`)).sort();

describe("receive", () => {
  test.each(["a", "b", "c"])("takes every parcel once under resends and interleavings (%s)", async (seed) => {
    const stub = newModel();
    const rng = seededRng(seed);
    const people = ["p0", "p1", "p2", "p3", "p4"];
    const SEQS = 30;
    const send = async (source: string) => {
      for (let confirmed = 0; confirmed < SEQS;) {
        // From any point that may have been confirmed already, as after a crash; sometimes twice at the same time.
        const from = Math.max(0, confirmed - Math.floor(rng() * 4));
        const to = Math.min(SEQS, confirmed + 1 + Math.floor(rng() * 5));
        const parcels = Array.from({ length: to - from }, (_, i) =>
          parcel(from + i + 1, view(source, START)),
        );
        const call = () => stub.receive({ source, parcels });
        const answers = await Promise.all(rng() < 0.3 ? [call(), call()] : [call()]);
        for (const answer of answers) expect(answer).toBe(to);
        confirmed = to;
        if (rng() < 0.1) await stub.snapshot(-1, { ...UNGUARDED, minCustomers: 1 });
      }
    };
    await Promise.all(people.map(send));
    const log = await receivedBy(stub);
    expect(log.toSorted()).toEqual(expected(people, SEQS));
    for (const source of people) {
      const seqs = log.filter((one) => one.startsWith(`${source}:`));
      expect(seqs).toEqual(Array.from({ length: SEQS }, (_, i) => `${source}:${i + 1}`));
    }
    const live = await told(stub);
    await evictDurableObject(stub);
    expect(await told(stub)).toEqual(live);
    expect((await stub.status()).rows).toBe((await stub.status()).version);
  });

  describe("loses nothing and takes nothing twice", () => {
    const people = ["p0", "p1"];
    const send = async (log: { receive(shipment: Shipment): Promise<number> }) => {
      for (const seq of [1, 2])
        await Promise.all(
          people.map((source) => log.receive({ source, parcels: [parcel(seq, view("tea", seq))] })),
        );
    };
    const other = { source: "p2", parcels: [parcel(1, view("cup", 1))] };

    test.each(WHENS)("wherever a process ends, %s a step", async (when) => {
      const { steps } = await watched(newModel(), undisturbed, ({ log }) => send(log));
      expect(steps).toBeGreaterThan(4);
      for (let step = 1; step <= steps; step++) {
        const stub = newModel();
        await watched(stub, endsAt({ step, when }), ({ log }) => send(log));
        // The next process: somebody new comes first, then those who were not answered repeat everything.
        await stub.receive(other);
        await send(stub);
        expect((await receivedBy(stub)).toSorted(), `step ${step}`).toEqual([...expected(people, 2), "p2:1"]);
        const live = await told(stub);
        expect(live.visits.reduce((sum, visits) => sum + visits, 0)).toBe(3);
        await evictDurableObject(stub);
        expect(await told(stub), `step ${step}`).toEqual(live);
      }
    });

    test.each(WHENS)("whatever fails once while the process goes on, %s a step", async (when) => {
      const { steps } = await watched(newModel(), undisturbed, ({ log }) => send(log));
      for (let step = 1; step <= steps; step++) {
        const stub = newModel();
        await watched(stub, failsAt({ step, when }), async ({ log }) => {
          await send(log).catch(() => undefined);
          await log.receive(other).catch(() => log.receive(other));
          await send(log);
        });
        expect((await receivedBy(stub)).toSorted(), `step ${step}`).toEqual([...expected(people, 2), "p2:1"]);
        expect((await stub.status()).rows, `step ${step}`).toBe((await stub.status()).version);
      }
    });
  });

  test("a batch that its slice has and nobody confirmed is confirmed before anything else", async () => {
    const stub = newModel();
    await stub.receive({ source: "p0", parcels: [parcel(1, view("tea"))] });
    const [slice] = await slicesOf(stub);
    await evictDurableObject(stub);
    const entries = JSON.stringify([["p0", 2, [view("cup")]]]);
    await sliceAt(slice!.object).append(1, [{ batch: 2, entries }]);
    expect(await stub.receive({ source: "p0", parcels: [parcel(2, view("cup"))] })).toBe(2);
    expect(await receivedBy(stub)).toEqual(["p0:1", "p0:2"]);
    expect((await stub.status()).version).toBe(2);
  });

  test("a slice refuses what an earlier process still had on its way", async () => {
    const stub = newModel();
    await stub.receive({ source: "p0", parcels: [parcel(1, view("tea"))] });
    await evictDurableObject(stub);
    await stub.receive({ source: "p0", parcels: [parcel(2, view("tea"))] });
    const [slice] = await slicesOf(stub);
    const refused = await runInDurableObject(sliceAt(slice!.object), (behaviour) => {
      const late = { batch: 3, entries: '[["p0",3,[]]]' };
      expect(() => behaviour.append(1, [late])).toThrow(/Writer 1 may not append/);
      expect(() => behaviour.claim(1)).toThrow(/comes too late/);
      return true;
    });
    expect(refused).toBe(true);
    expect(await receivedBy(stub)).toEqual(["p0:1", "p0:2"]);
  });

  test("a shipment of any size is committed in rows that fit, in order", async () => {
    const stub = newModel();
    const parcels = Array.from({ length: 300 }, (_, i) =>
      parcel(i + 1, buy(Array.from({ length: 400 }, (_, item) => `item-${i}-${item}`))),
    );
    expect(await stub.receive({ source: "p0", parcels })).toBe(300);
    expect(await receivedBy(stub)).toEqual(parcels.map(({ seq }) => `p0:${seq}`));
    expect((await stub.status()).rows).toBeGreaterThan(2);
  });

  test("who sends no list of facts fails alone", async () => {
    const stub = newModel();
    const [good, bad] = await Promise.all([
      stub.receive({ source: "p0", parcels: [parcel(1, view("tea"))] }),
      runInDurableObject(stub, (model: ModelObject) =>
        model.receive({ source: "p1", parcels: [{ seq: 1, payload: "{}" }] }).then(
          () => "taken",
          (error: Error) => error.message,
        ),
      ),
    ]);
    expect([good, bad]).toEqual([1, "Parcel 1 holds no list of facts."]);
    expect(await receivedBy(stub)).toEqual(["p0:1"]);
  });

  test("says how long the oldest parcel was on its way", async () => {
    const stub = newModel();
    await stub.receive({ source: "p0", parcels: [{ ...parcel(1, view("tea")), at: Date.now() - 5000 }] });
    expect((await stub.status()).lagMs).toBeGreaterThanOrEqual(5000);
  });
});

describe("forget", () => {
  const OTHERS = ["p0", "p1", "p2", "p3"];

  test("leaves everything as if the person had never been there, and their slice empty", async () => {
    const stub = newModel();
    await teach(stub, ["gone", ...OTHERS]);
    expect((await told(stub, 5)).items).toContain("tea");
    const before = await slicesOf(stub);
    const at = Date.now();

    const { clearedBy } = await stub.forget({ sources: ["gone"], ...RECEIPT });
    expect(clearedBy - at).toBeGreaterThan(23 * HOUR_MS);
    expect(clearedBy - at).toBeLessThan(24 * HOUR_MS + 5000);
    // Asked at once: half a second later the slice is rewritten by itself.
    expect(await stub.status()).toMatchObject({ forgottenPending: 1, clearedBy });
    // Four are too few to be told about.
    expect((await told(stub, 5)).items).toEqual([]);
    const alone = newModel();
    await teach(alone, OTHERS);
    expect(await told(stub)).toEqual(await told(alone));

    await later(stub, HOUR_MS);
    const after = await slicesOf(stub);
    expect(after.map(({ n, last, isOpen }) => ({ n, last, isOpen }))).toEqual(
      before.map(({ n, last, isOpen }) => ({ n, last, isOpen })),
    );
    expect(after[0]!.object).not.toBe(before[0]!.object);
    expect(await tablesOf(before[0]!.object)).toEqual([]);
    expect(await sliceAt(before[0]!.object).read(0)).toBeNull();
    expect((await receivedBy(stub)).toSorted()).toEqual(expected(OTHERS, 3));
    expect(JSON.stringify(await logOf(stub))).not.toContain("gone");
    expect((await stub.status()).forgottenPending).toBe(0);
    expect(await told(stub)).toEqual(await told(alone));
    await evictDurableObject(stub);
    expect(await told(stub)).toEqual(await told(alone));
    expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).not.toBeNull(); // The daily one.
  });

  test("whatever comes late of a forgotten source is confirmed and ignored, before and after the clearing", async () => {
    const stub = newModel();
    await teach(stub, ["gone", "p0"]);
    await stub.forget({ sources: ["gone", "never-seen"], ...RECEIPT });
    const late = async () => {
      for (const source of ["gone", "never-seen"]) {
        const last = await stub.receive({ source, parcels: [parcel(3, view("x")), parcel(99, view("x"))] });
        expect(last).toBeGreaterThanOrEqual(99);
      }
    };
    await late();
    await later(stub, HOUR_MS);
    await late();
    await evictDurableObject(stub);
    await late();
    expect((await receivedBy(stub)).toSorted()).toEqual(expected(["p0"], 3));
    expect((await told(stub)).items).not.toContain("x");
  });

  test.each(WHENS)(
    "somebody whose batch is on its way is forgotten too, %s its slice has it",
    async (when) => {
      const stub = newModel();
      await teach(stub, ["p0"]);
      const shipment = { source: "gone", parcels: [parcel(1, view("x"))] };
      let bench: Bench | undefined;
      let marked = false;
      await watched(
        stub,
        async (moment) => {
          // Steps: the slice is claimed and read, then it gets the batch.
          if (moment.step !== 3 || moment.when !== when) return;
          await bench!.model.forget({ sources: ["gone"], ...RECEIPT });
          marked = true;
        },
        (one) => (bench = one).log.receive(shipment),
      );
      expect(marked).toBe(true);
      await evictDurableObject(stub);
      expect(await stub.receive({ source: "gone", parcels: [parcel(2, view("x"))] })).toBeGreaterThan(2);
      expect((await receivedBy(stub)).toSorted()).toEqual(["gone:1", ...expected(["p0"], 3)]);
      expect((await told(stub)).items).not.toContain("x");
      await later(stub, HOUR_MS);
      expect((await receivedBy(stub)).toSorted()).toEqual(expected(["p0"], 3));
    },
  );

  test("repeats change nothing, and answer as the first did", async () => {
    const stub = newModel();
    await teach(stub, ["gone", "p0"]);
    const first = await stub.forget({ sources: ["gone"], ...RECEIPT });
    const { version } = await stub.status();
    expect(await stub.forget({ sources: ["gone"], ...RECEIPT })).toEqual(first);
    await later(stub, HOUR_MS);
    const slices = await slicesOf(stub);
    expect(await stub.forget({ sources: ["gone"], ...RECEIPT })).toEqual(first);
    await later(stub, HOUR_MS);
    expect(await slicesOf(stub)).toEqual(slices);
    expect(await stub.status()).toMatchObject({ version, forgottenPending: 0 });
  });

  test("slices that never held the person stay as they are; one that held nobody else goes", async () => {
    const stub = newModel();
    const seal = () => later(stub, DAY_MS);
    await teach(stub, ["p0"]);
    await seal();
    await teach(stub, ["gone"]);
    await seal();
    await teach(stub, ["p1", "gone-too"]);
    await stub.forget({ sources: ["gone", "gone-too"], ...RECEIPT });
    const before = await slicesOf(stub);
    expect(before.map(({ rows }) => rows)).toEqual([3, 3, 3]);
    await later(stub, HOUR_MS);
    const after = await slicesOf(stub);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]!.rows).toBe(0);
    expect(after[2]!.rows).toBe(3);
    for (const slice of [1, 2]) expect(await tablesOf(before[slice]!.object)).toEqual([]);
    await seal();
    expect((await slicesOf(stub)).map(({ n }) => n)).toEqual([1, 3]);
    expect(await tablesOf(after[1]!.object)).toEqual([]);
    expect((await receivedBy(stub)).toSorted()).toEqual(expected(["p0", "p1"], 3));
  });

  test("others go on reporting while slices are rewritten, at each of its steps", async () => {
    const prepared = async () => {
      const stub = newModel();
      await teach(stub, ["gone", "p0"]);
      await stub.forget({ sources: ["gone"], ...RECEIPT });
      return stub;
    };
    const { steps } = await watched(await prepared(), undisturbed, ({ chores }) => chores.clearForgotten());
    for (let step = 1; step <= steps; step++) {
      const stub = await prepared();
      let bench: Bench | undefined;
      const sent: Promise<number>[] = [];
      await watched(
        stub,
        async (moment) => {
          if (moment.step !== step || moment.when !== "after") return;
          sent.push(bench!.log.receive({ source: "p0", parcels: [parcel(4, view("tea"))] }));
          // Long enough to be taken wherever it may be; where the lane is held, it comes after.
          await new Promise((resolve) => setTimeout(resolve, 90));
        },
        async (one) => {
          bench = one;
          await one.chores.clearForgotten();
          await Promise.all(sent);
        },
      );
      expect(sent.length, `step ${step}`).toBe(1);
      await evictDurableObject(stub);
      await stub.receive({ source: "p0", parcels: [parcel(4, view("tea")), parcel(5, view("tea"))] });
      expect((await receivedBy(stub)).toSorted(), `step ${step}`).toEqual(expected(["p0"], 5));
    }
  });

  test.each(WHENS)("is taken up again wherever a process ends, %s a step", async (when) => {
    const prepared = async () => {
      const stub = newModel();
      await teach(stub, ["gone", "p0"], 2);
      await stub.forget({ sources: ["gone"], ...RECEIPT });
      const [slice] = await slicesOf(stub);
      return { stub, object: slice!.object };
    };
    const { stub } = await prepared();
    const { steps } = await watched(stub, undisturbed, ({ chores }) => chores.clearForgotten());
    expect(steps).toBeGreaterThan(6);
    for (let step = 1; step <= steps; step++) {
      const { stub, object } = await prepared();
      const { made } = await watched(stub, endsAt({ step, when }), ({ chores }) => chores.clearForgotten());
      await evictDurableObject(stub);
      // Whoever is said to be gone, is.
      if ((await stub.status()).forgottenPending === 0) expect(await tablesOf(object)).toEqual([]);
      await stub.receive({ source: "p1", parcels: [parcel(1, view("tea"))] });
      await later(stub, HOUR_MS);
      vi.useRealTimers();
      expect((await receivedBy(stub)).toSorted(), `step ${step}`).toEqual([...expected(["p0"], 2), "p1:1"]);
      expect((await stub.status()).forgottenPending, `step ${step}`).toBe(0);
      const inUse = (await slicesOf(stub)).map((slice) => slice.object);
      for (const left of [object, ...made].filter((one) => !inUse.includes(one)))
        expect(await tablesOf(left), `step ${step}`).toEqual([]);
    }
  });
});

describe("slices", () => {
  test("take a batch once, read in pages, and take nothing once they are cleared", async () => {
    const stub = sliceAt(env.BEHAVIOUR.newUniqueId().toString());
    await runInDurableObject(stub, async (slice: BehaviourObject) => {
      const batch = (n: number) => ({ batch: n, entries: `[["s",${n},[]]]` });
      expect(() => slice.append(1, [batch(1)])).toThrow("The slice was cleared.");
      expect(slice.read(0)).toBeNull();
      slice.claim(1);
      slice.append(1, [batch(1), batch(3)]);
      slice.append(1, [batch(1), batch(2), batch(3), batch(4)]);
      expect(slice.read(0)).toEqual({ batches: [batch(1), batch(3), batch(4)], isEnd: true });
      expect(slice.read(1, 1)).toEqual({ batches: [batch(3)], isEnd: false });
      await slice.clear();
      expect(() => slice.append(1, [batch(5)])).toThrow("The slice was cleared.");
      expect(slice.read(0)).toBeNull();
    });
  });

  test("end after a day, or when they are full, and the model reads through all of them", async () => {
    const stub = newModel();
    await teach(stub, ["p0"], 1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DAY_MS });
    await stub.receive({ source: "p1", parcels: [parcel(1, view("next-day"))] });
    expect((await slicesOf(stub)).map(({ isOpen, last }) => ({ isOpen, last }))).toEqual([
      { isOpen: false, last: 1 },
      { isOpen: true, last: 2 },
    ]);
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec("UPDATE slices SET size = 16000000 WHERE is_open = 1");
    });
    await stub.receive({ source: "p1", parcels: [parcel(2, view("full"))] });
    expect((await slicesOf(stub)).map(({ last }) => last)).toEqual([1, 2, 3]);
    const live = await told(stub);
    expect(live.items).toEqual(expect.arrayContaining(["tea", "next-day", "full"]));
    await evictDurableObject(stub);
    expect(await told(stub)).toEqual(live);
  });

  test("go as a whole when their newest fact is older than 400 days, and what they taught with them", async () => {
    const stub = newModel();
    const now = Date.now();
    await stub.receive({ source: "p0", parcels: [parcel(1, view("old", now))] });
    const [old] = await slicesOf(stub);
    await later(stub, 300 * DAY_MS);
    await stub.receive({ source: "p0", parcels: [parcel(2, view("newer", Date.now()))] });
    await later(stub, 99 * DAY_MS);
    expect((await told(stub)).items).toEqual(["old", "newer"]);
    const { version } = await stub.status();
    await later(stub, 2 * DAY_MS);
    expect((await slicesOf(stub)).map(({ n }) => n)).toEqual([2]);
    expect(await tablesOf(old!.object)).toEqual([]);
    expect((await told(stub)).items).toEqual(["newer"]);
    expect((await stub.status()).version).toBe(version + 1);
    // Far beyond everything: the log is empty, and goes on counting where it was.
    await later(stub, 500 * DAY_MS);
    expect(await slicesOf(stub)).toEqual([]);
    await stub.receive({ source: "p0", parcels: [parcel(3, view("back", Date.now()))] });
    expect((await told(stub)).items).toEqual(["back"]);
    expect((await stub.status()).version).toBe(version + 3);
  });
});
