import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeSnapshot } from "../../src/core/recommend/snapshot/encode.ts";
import { DEFAULT_TERMS, type Terms } from "../../src/core/recommend/terms.ts";
import { wholeSnapshot } from "../../src/edge/whole-snapshot.ts";
import type { ActFact } from "../../src/core/recommend/fact.ts";
import type { ModelSnapshot } from "../../src/core/recommend/snapshot/snapshot.ts";
import { parseBatch, type Entry } from "../../src/objects/behaviour-entries.ts";
import { BehaviourChores } from "../../src/objects/behaviour-chores.ts";
import { BehaviourLog } from "../../src/objects/behaviour-log.ts";
import type { ModelObject } from "../../src/objects/model-object.ts";
import type { Parcel } from "../../src/store/outbox.ts";
import type { Storage } from "../../src/store/sql.ts";
import { allSlices, type Slice } from "../../src/store/slice-store.ts";

export type ModelStub = DurableObjectStub<ModelObject>;

/** A model of its own for each test. */
export const newModel = (): ModelStub => env.MODEL.get(env.MODEL.newUniqueId());

export const view = (item: string, at = Date.now()): ActFact => ({
  session: 1,
  at,
  kind: "view",
  items: [item],
});
export const buy = (items: readonly string[], at = Date.now()): ActFact => ({
  session: 1,
  at,
  kind: "buy",
  items,
});
export const parcel = (seq: number, ...facts: readonly ActFact[]): Parcel => ({
  seq,
  payload: JSON.stringify(facts),
});

export const slicesOf = (stub: ModelStub): Promise<Slice[]> =>
  runInDurableObject(stub, (_, { storage }) => allSlices(storage));

export const sliceAt = (object: string) => env.BEHAVIOUR.get(env.BEHAVIOUR.idFromString(object));

/** The log as it lies in its slices, read without the model's help. */
export async function logOf(stub: ModelStub): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const { object } of await slicesOf(stub)) {
    for (let after = 0, isEnd = false; !isEnd;) {
      const page = (await sliceAt(object).read(after, 3))!;
      for (const { batch, entries: text } of page.batches) {
        entries.push(...parseBatch(text));
        after = batch;
      }
      isEnd = page.isEnd;
    }
  }
  return entries;
}

/** `source:seq` of every entry of the log, in its order. */
export const receivedBy = async (stub: ModelStub): Promise<string[]> =>
  (await logOf(stub)).map(([source, seq]) => `${source}:${seq}`);

/** Acts of tests come from one place: what is tested here is the log, not whom the model believes. */
export const UNGUARDED: Terms = { ...DEFAULT_TERMS, isGuarded: false };

/** What is told of the model once it has learned everything, without what depends on when it is told. */
export async function told(
  stub: ModelStub,
  minCustomers = 1,
): Promise<Omit<ModelSnapshot, "publishedAt" | "version" | "heat">> {
  for (let tries = 0; tries < 200; tries++) {
    const latest = await stub.snapshot(-1, { ...UNGUARDED, minCustomers });
    const snapshot = latest && decodeSnapshot((await wholeSnapshot(stub, latest, minCustomers))!);
    if (snapshot && snapshot.version === (await stub.status()).version) {
      const { publishedAt: _, version: __, heat: ___, ...rest } = snapshot;
      return rest;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The model never caught up with its log.");
}

/** Tables of an object's storage. */
export const tablesOf = (object: string): Promise<unknown[]> =>
  runInDurableObject(sliceAt(object), (_, { storage }) =>
    storage.sql.exec("SELECT name FROM sqlite_master").toArray(),
  );

/** A step of a log: a transaction, or a call to a slice; before it has happened, or after it has and nobody was told. */
export type Moment = { readonly step: number; readonly when: "before" | "after" };
/** What happens at a moment. Whatever it throws, the step throws. */
export type Watcher = (moment: Moment) => void | Promise<void>;

/** From this moment on everything fails: the process ended there. */
export const endsAt =
  (end: Moment): Watcher =>
  ({ step, when }) => {
    if (step > end.step || (step === end.step && when === end.when)) throw new Error(`Ended at ${step}.`);
  };

/** Fails once at this moment; the process goes on. */
export const failsAt =
  (fault: Moment): Watcher =>
  ({ step, when }) => {
    if (step === fault.step && when === fault.when) throw new Error(`Failed at ${step}.`);
  };

export const undisturbed: Watcher = () => undefined;

/** `model` is the object itself, whose storage the log works on. */
export type Bench = {
  readonly model: ModelObject;
  readonly log: BehaviourLog;
  readonly chores: BehaviourChores;
  readonly storage: Storage;
};

/**
 * Lets another log work on the model's storage while somebody watches its steps.
 * @returns how many steps there were, and the objects that were made for slices.
 */
export function watched(
  stub: ModelStub,
  watcher: Watcher,
  work: (bench: Bench) => Promise<unknown>,
): Promise<{ steps: number; made: string[] }> {
  return runInDurableObject(stub, async (model: ModelObject, state) => {
    let steps = 0;
    const made: string[] = [];
    const storage = new Proxy(state.storage, {
      get: (target, key) => {
        if (key === "sql") return target.sql;
        const method = (Reflect.get(target, key) as (...args: unknown[]) => unknown).bind(target);
        if (key !== "transactionSync") return method;
        return (run: () => unknown) => {
          const step = ++steps;
          void watcher({ step, when: "before" });
          const result = method(run);
          void watcher({ step, when: "after" });
          return result;
        };
      },
    });
    const seen = (slice: object) =>
      new Proxy(slice, {
        get:
          (target, method) =>
          async (...args: unknown[]) => {
            const step = ++steps;
            await watcher({ step, when: "before" });
            const call = Reflect.get(target, method) as (...args: unknown[]) => Promise<unknown>;
            const result = await Reflect.apply(call, target, args);
            await watcher({ step, when: "after" });
            return result;
          },
      });
    const slices = {
      newUniqueId: () => {
        const id = env.BEHAVIOUR.newUniqueId();
        made.push(id.toString());
        return id;
      },
      idFromString: (text: string) => env.BEHAVIOUR.idFromString(text),
      get: (id: DurableObjectId) => seen(env.BEHAVIOUR.get(id)),
    } as unknown as typeof env.BEHAVIOUR;
    const log = new BehaviourLog(storage, slices, () => undefined);
    await work({ model, log, chores: new BehaviourChores(storage, log), storage }).catch(() => undefined);
    return { steps, made };
  });
}
