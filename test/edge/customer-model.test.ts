import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ResolvedEvent } from "../../src/core/event/resolved.ts";
import { DAY, euros, exposed, GRANTED, happened, World } from "./customers.ts";
import { Recount, type Telling } from "./recount.ts";

afterEach(() => vi.useRealTimers());

const GRANT_DAYS = 30;
const RUNS = 80;
const VISITORS = ["v0", "v1", "v2"] as const;
const CUSTOMERS = ["c0", "c1"] as const;
const EVERYBODY = [...VISITORS, ...CUSTOMERS];

const SENDERS = {
  page: { source: "snippet", isTrusted: false },
  server: { source: "server", isTrusted: true },
  import: { source: "import", isTrusted: true },
  customer: { source: "customer", isTrusted: false },
} as const;

/** A shop, the list it is counted again from, and everything that was sent so far. */
class Bench {
  readonly world: World;
  readonly recount: Recount;
  readonly sent: {
    readonly name: string;
    readonly event: ResolvedEvent;
    readonly sender: keyof typeof SENDERS;
  }[] = [];
  #next = 0;

  private constructor(world: World) {
    this.world = world;
    this.recount = new Recount((name) => world.parties.get(name)!.id.toString(), GRANT_DAYS);
  }

  static async open(): Promise<Bench> {
    const bench = new Bench(await World.open());
    for (const name of EVERYBODY) await bench.world.party(name);
    return bench;
  }

  /** Lets time pass: no two things happen at the same moment. */
  pass(ms: number): number {
    vi.setSystemTime(Date.now() + ms);
    return Date.now();
  }

  /** No two events have one moment either, so that there is one right order of them. */
  event(name: string, act: Act): ResolvedEvent {
    const n = this.#next++;
    // Generated objects have no prototype, and RPC refuses those.
    const { type, ageMs, isFromSnippet, ...fields } = JSON.parse(JSON.stringify(act)) as Act;
    const at = Date.now() - ageMs * 1000 - n;
    const id = isFromSnippet ? `${name}aaaaaaaaaa-${n}` : `${type}-${n}`;
    if (type !== "slot_seen") return happened(type, { id, at, ...fields });
    const party = this.world.parties.get(name)!;
    return { ...exposed(party, "exp", act["variation"] as string, { at }), id } as ResolvedEvent;
  }

  async tell(
    name: string,
    events: readonly ResolvedEvent[],
    sender: keyof typeof SENDERS,
    more: Pick<Partial<Telling>, "consent" | "registeredAt"> = {},
  ): Promise<void> {
    const telling: Telling = { events, consent: GRANTED, ...SENDERS[sender], ...more };
    const now = this.pass(1000);
    const expected = this.recount.tell(name, telling, now);
    const said = await this.world.say(name, events, { ...telling, grantDays: GRANT_DAYS });
    expect(said, `${name} is told ${events.map((event) => event.type).join()}`).toEqual(expected);
    for (const event of events) this.sent.push({ name, event, sender });
  }

  /** The ledger tells whom it owes something; an erasure is complete when it has. */
  async errands(): Promise<void> {
    for (let i = 0; i < 20; i++) {
      await runDurableObjectAlarm(this.world.ledger);
      const [row] = await this.world.ledgerRows<{ n: number }>("SELECT COUNT(*) AS n FROM owed");
      if (row!.n === 0) return;
    }
    throw new Error("The ledger never ran out of errands.");
  }

  async isRight(): Promise<void> {
    await this.world.settled();
    const now = Date.now();
    for (const name of EVERYBODY) {
      const view = await this.world.view(name);
      const seen =
        typeof view === "string"
          ? view
          : {
              recent: view.recent,
              cart: Object.fromEntries(
                [...view.cart].map(([item, line]) => [item, line.quantity] as const).sort(),
              ),
              owned: [...view.owned.keys()].sort(),
              feedback: Object.fromEntries(
                [...view.feedback].map(([item, one]) => [item, one.kind] as const).sort(),
              ),
              traits: Object.fromEntries(
                [...view.traits].map(([trait, { at: _at, ...rest }]) => [trait, rest] as const).sort(),
              ),
              orders: view.orders,
            };
      expect(seen, `view of ${name}`).toEqual(this.recount.view(name, now));
    }
    expect(await this.world.numbers()).toEqual(this.recount.numbers());
    const taught = (await Promise.all(EVERYBODY.map((name) => this.world.stored(name)))).flatMap((tables) =>
      ((tables?.["log"] ?? []) as { owes: string | null }[]).flatMap(({ owes }) => {
        const { facts = [] } = JSON.parse(owes ?? "{}") as {
          facts?: { kind: string; items: string[]; trust?: string }[];
        };
        return facts
          .filter((fact) => fact.kind === "buy")
          .map((fact) => `${fact.trust ?? "shop"} ${fact.items.join()}`);
      }),
    );
    expect(taught.length, "each basket is taught once by each word").toBe(new Set(taught).size);
  }

  async isGone(): Promise<void> {
    for (const name of EVERYBODY) await this.world.erase(name);
    await this.errands();
    for (const name of EVERYBODY) expect(await this.world.stored(name), `file of ${name}`).toBeNull();
    expect(await this.world.numbers()).toEqual({});
    expect(await this.world.ledgerRows("SELECT key FROM orders")).toEqual([]);
    const events = [happened("product_viewed", { item: "x" })];
    for (const name of EVERYBODY) expect(await this.world.say(name, events)).toEqual(["erased"]);
  }
}

type Act = {
  readonly type: ResolvedEvent["type"];
  readonly ageMs: number;
  readonly isFromSnippet: boolean;
  readonly [field: string]: unknown;
};
type Order = { readonly orderId: string; readonly minor: number; readonly isOther: boolean };

const item = fc.constantFrom("a", "b", "c");
const when = { ageMs: fc.nat({ max: 250_000 }), isFromSnippet: fc.boolean() };
const behaviour: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ type: fc.constant("product_viewed"), ...when, item }),
  fc.record({ type: fc.constant("product_added"), ...when, item, quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    type: fc.constant("product_removed"),
    ...when,
    item,
    quantity: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    type: fc.constant("cart_updated"),
    ...when,
    lines: item.map((one) => [{ item: one, quantity: 2 }]),
  }),
  fc.record({
    type: fc.constant("traits_updated"),
    ...when,
    traits: fc.dictionary(fc.constantFrom("size", "city"), fc.constantFrom("L", "M", null), { minKeys: 1 }),
  }),
  fc.record({
    type: fc.constant("feedback_given"),
    ...when,
    item,
    feedback: fc.constantFrom("not_this", "gift", "undo"),
  }),
  fc.record({ type: fc.constant("slot_seen"), ...when, variation: fc.constantFrom("control", "bold") }),
) as fc.Arbitrary<Act>;
const order: fc.Arbitrary<Order> = fc.record({
  orderId: fc.constantFrom("o0", "o1", "o2"),
  minor: fc.constantFrom(1000, 1004, 5000),
  isOther: fc.boolean(),
});
const orderAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ ...when, order }).map(({ order: { orderId, minor, isOther }, ...rest }) => ({
      type: "order_completed" as const,
      ...rest,
      orderId,
      revenue: euros(minor),
      lines: [{ item: isOther ? `other-${orderId}` : `of-${orderId}`, quantity: 1 }],
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ ...when, order, amount: fc.option(fc.constantFrom(100, 2000), { nil: undefined }) })
      .map(({ order: { orderId }, amount, ...rest }) => ({
        type: "order_refunded" as const,
        ...rest,
        orderId,
        ...(amount === undefined ? {} : { amount: euros(amount) }),
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ ...when, order })
      .map(({ order: { orderId }, ...rest }) => ({ type: "order_cancelled" as const, ...rest, orderId })),
  },
);
const who = fc.constantFrom(...EVERYBODY);
const visitor = fc.constantFrom(...VISITORS);
const customer = fc.constantFrom(...CUSTOMERS);
const grants = fc.record(
  { personalization: fc.boolean(), analytics: fc.boolean(), marketing: fc.boolean() },
  { requiredKeys: [] },
);

/** One thing that happens, told so that a failing run can be read. */
class Step<T> implements fc.AsyncCommand<Recount, Bench> {
  readonly #label: string;
  readonly #what: T;
  readonly #act: (bench: Bench, what: T) => Promise<void>;

  constructor(label: string, what: T, act: (bench: Bench, what: T) => Promise<void>) {
    this.#label = label;
    this.#what = what;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_model: Recount, bench: Bench): Promise<void> {
    await this.#act(bench, this.#what);
  }

  toString(): string {
    return `${this.#label}(${JSON.stringify(this.#what)})`;
  }
}

const step = <T>(label: string, what: fc.Arbitrary<T>, act: (bench: Bench, what: T) => Promise<void>) =>
  what.map((one) => new Step(label, one, act));

const steps = [
  ...Array.from({ length: 4 }, () =>
    step(
      "track",
      fc.record({
        name: who,
        acts: fc.array(behaviour, { minLength: 1, maxLength: 3 }),
        sender: fc.constantFrom("page", "page", "customer", "import"),
      }),
      (bench, { name, acts, sender }) =>
        bench.tell(
          name,
          acts.map((act) => bench.event(name, act)),
          sender as keyof typeof SENDERS,
        ),
    ),
  ),
  ...Array.from({ length: 3 }, () =>
    step(
      "order",
      fc.record({ name: who, act: orderAct, sender: fc.constantFrom("page", "server", "import") }),
      (bench, { name, act, sender }) =>
        bench.tell(
          name,
          [bench.event(name, act)],
          sender as keyof typeof SENDERS,
          sender === "page" ? {} : { consent: {} },
        ),
    ),
  ),
  step(
    "resend",
    fc.record({ n: fc.nat(), toCustomer: fc.boolean(), isOther: fc.boolean() }),
    async (bench, { n, toCustomer, isOther }) => {
      const one = bench.sent[n % Math.max(1, bench.sent.length)];
      if (!one) return;
      const name = (toCustomer && bench.recount.soul(one.name).mark?.into) || one.name;
      const event =
        isOther && one.event.type === "product_viewed"
          ? { ...one.event, item: "z", digest: one.event.digest + 1 }
          : one.event;
      // A decision is spent by its own subject; what others do with it is told elsewhere.
      if (event.type !== "slot_seen" || name === one.name) await bench.tell(name, [event], one.sender);
    },
  ),
  step(
    "say",
    fc.record({ name: who, consent: grants, ageMs: fc.nat({ max: 3 }) }),
    (bench, { name, consent, ageMs }) =>
      bench.tell(
        name,
        [bench.event(name, { type: "consent_updated", ageMs, isFromSnippet: true, consent })],
        "page",
        { consent: {} },
      ),
  ),
  step("state", fc.record({ name: who, consent: grants }), (bench, { name, consent }) =>
    bench.tell(name, [], "page", { consent: { ...consent } }),
  ),
  step("pause", fc.record({ name: who, isPaused: fc.boolean() }), async (bench, { name, isPaused }) => {
    bench.recount.pause(name, isPaused);
    await bench.world.parties.get(name)!.stub.pause(isPaused);
  }),
  ...Array.from({ length: 2 }, () =>
    step("merge", fc.record({ from: visitor, into: customer }), async (bench, { from, into }) => {
      const now = bench.pass(1000);
      expect(await bench.world.merge(from, into)).toBe(bench.recount.merge(from, into, now));
    }),
  ),
  step("unmerge", fc.record({ from: visitor, into: customer }), async (bench, { from, into }) => {
    const now = bench.pass(1000);
    // Whom the visitor is joined to, mostly.
    const known = bench.recount.soul(from).mark?.into ?? into;
    expect(await bench.world.unmerge(from, known)).toBe(bench.recount.unmerge(from, known, now));
  }),
  step("erase", fc.record({ name: who }), async (bench, { name }) => {
    const now = bench.pass(1000);
    await bench.world.erase(name);
    bench.recount.erase(name, now);
    await bench.errands();
  }),
  step("register", fc.record({ name: customer }), async (bench, { name }) => {
    const registeredAt = bench.pass(1000);
    await bench.tell(
      name,
      [
        bench.event(name, {
          type: "traits_updated",
          ageMs: 0,
          isFromSnippet: false,
          traits: { plan: "gold" },
        }),
      ],
      "server",
      { registeredAt },
    );
  }),
  step("evict", who, async (bench, name) => {
    await bench.world.view(name); // Only what runs can be evicted.
    await evictDurableObject(bench.world.parties.get(name)!.stub);
  }),
  step("alarm", who, async (bench, name) => {
    await bench.world.alarm(name);
  }),
  step("pass", fc.double({ min: 0, max: 12, noNaN: true }), async (bench, days) => {
    bench.pass(Math.round(days * DAY));
  }),
];

describe("customers, the ledger and their list", () => {
  test(
    "agree after anything that may happen, and after erasing everybody nothing is left",
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 25, size: "max" }), async (commands) => {
          vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
          const bench = await Bench.open();
          await fc.asyncModelRun(() => ({ model: bench.recount, real: bench }), commands);
          await bench.isRight();
          await bench.isGone();
          vi.useRealTimers();
        }),
        // A gate does not throw dice; another seed looks elsewhere.
        { numRuns: RUNS, seed: 1_122, verbose: 1, endOnFailure: true },
      );
    },
  );
});
