import { describe, expect, test } from "vitest";
import { TriggerOn } from "../../../src/core/config/trigger-config.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from "../../../src/core/primitives/time.ts";
import { attendTriggers } from "../../../src/core/trigger/attend-triggers.ts";
import { joinTriggerState } from "../../../src/core/trigger/join-state.ts";
import { newTriggerState } from "../../../src/core/trigger/trigger-state.ts";
import { KINDS, type KindCase } from "./kinds.ts";
import { contextOf, live, triggersOf, type Standing, type Turn } from "./living.ts";

const TOGETHER = 800 * DAY_MS;
const momentsOf = ({ fired }: { fired: readonly { at: EpochMs }[] }) => fired.map(({ at }) => at);
const clock = (at: EpochMs): string =>
  `${String(Math.floor((at % DAY_MS) / HOUR_MS)).padStart(2, "0")}:${String(Math.floor((at % HOUR_MS) / MINUTE_MS)).padStart(2, "0")}`;

test("every kind of trigger has its row", () => {
  const kinds = TriggerOn.options.map(({ entries }) => entries.when.literal);
  expect(KINDS.map(({ on }) => on.when).sort()).toEqual([...kinds].sort());
});

describe.each(KINDS.map((kind) => [kind.on.when, kind] as const))("%s", (_when, kind: KindCase) => {
  const [first, second] = [kind.firesAt(0), kind.firesAt(1)];
  const until = second + TOGETHER / 4;
  const lived = (
    settings: object,
    turns: readonly Turn[] = kind.occasion(0),
    { end = second - 1, standing = {} as Standing } = {},
  ) =>
    live(triggersOf([{ on: kind.on, ...settings }]), turns, end, {
      standing: { ...kind.standing, ...standing },
    });
  const both = [...kind.occasion(0), ...kind.occasion(1)];
  const twice = { end: until };
  const days = (at: EpochMs): readonly EpochMs[] => (kind.isUnique ? [at] : [at, at + (second - first)]);

  test("fires at its moment", () => {
    expect(momentsOf(lived({}))).toEqual([first]);
  });

  test("fires after a delay, counted from the occasion", () => {
    expect(momentsOf(lived({ delayMinutes: 90 }))).toEqual([first + 90 * MINUTE_MS]);
  });

  test("fires for every occasion", () => {
    const { fired } = lived({}, both, { end: second + DAY_MS });
    expect(fired.map(({ at }) => at)).toEqual(days(first));
    expect(new Set(fired.map(({ id }) => id)).size).toBe(fired.length);
  });

  test("waits for the end of quiet hours", () => {
    const quietHours = { from: clock(first - HOUR_MS), until: clock(first + 2 * HOUR_MS) };
    expect(momentsOf(lived({ quietHours }))).toEqual([first + 2 * HOUR_MS]);
  });

  test("does not fire without the grant, nor when it comes back", () => {
    const missing: Standing = { permits: (purpose) => purpose !== "marketing" };
    const back: Turn = { at: first + 2 * HOUR_MS, sets: { permits: () => true } };
    const { fired, lapsed } = lived({}, [...kind.occasion(0), back], { standing: missing });
    expect(fired).toEqual([]);
    expect(lapsed.map(({ why }) => why)).toEqual(["consent"]);
  });

  test("asks for the grant of its own purpose, when it fires", () => {
    const granted: Turn = { at: first + HOUR_MS, sets: { permits: (purpose) => purpose === "analytics" } };
    const settings = { purpose: "analytics", delayMinutes: 120 };
    const turns = [...kind.occasion(0), granted];
    expect(momentsOf(lived(settings, turns, { standing: { permits: () => false } }))).toEqual([
      first + 2 * HOUR_MS,
    ]);
  });

  test("fires once for an occasion that is told again", () => {
    const again = kind.occasion(0).map(({ brings = {} }, i): Turn => ({ at: first + HOUR_MS + i, brings }));
    expect(momentsOf(lived({}, [...kind.occasion(0), ...again, ...again]))).toEqual([first]);
  });

  test("does not fire again while it cools down", () => {
    const { fired, lapsed } = lived({ coolDownDays: 400 }, both, { end: second + DAY_MS });
    expect(fired.map(({ at }) => at)).toEqual([first]);
    expect(lapsed.map(({ why }) => why)).toEqual(kind.isUnique ? [] : ["cool_down"]);
    if (!kind.isUnique)
      expect(momentsOf(lived({ coolDownDays: 1 }, both, { end: second + DAY_MS }))).toEqual(days(first));
  });

  test("fires once in a life", () => {
    expect(momentsOf(lived({ once: true }, both, twice))).toEqual([first]);
  });

  test("asks for its audience when it fires", () => {
    const audience = { "traits.plan": "gold" };
    const gold: Turn = { at: first + HOUR_MS, sets: { attributes: () => ({ traits: { plan: "gold" } }) } };
    const turns = [...kind.occasion(0), gold];
    expect(momentsOf(lived({ audience, delayMinutes: 120 }, turns))).toEqual([first + 2 * HOUR_MS]);
    const early = lived({ audience }, turns);
    expect(early.fired).toEqual([]);
    expect(early.lapsed.map(({ why }) => why)).toEqual(["audience"]);
  });

  test("is never set off by a file about the past", () => {
    const told = kind
      .occasion(0)
      .map((turn) => ({ ...turn, brings: { ...turn.brings, isHistorical: true } }));
    // What a file tells of days to come is not past: those fire on their day.
    const isForetold = kind.occasion(0).every(({ at }) => at < first && first - at >= HOUR_MS);
    const looks: Turn[] = [{ at: first + 2 * HOUR_MS }];
    if (!isForetold) expect(lived({}, [...told, ...looks]).fired).toEqual([]);
    const fromFile = kind.occasion(0).map((turn, i) => ({
      ...turn,
      at: first + 3 * HOUR_MS + i,
      brings: { ...turn.brings, isHistorical: true },
    }));
    expect(lived({}, [...fromFile, { at: first + 5 * HOUR_MS }]).fired).toEqual([]);
  });

  test("does not fire when webhooks are all it does and the shop has no name for the customer", () => {
    const hook = { do: "webhook", name: "mail" };
    const { fired, lapsed } = lived({ then: [hook] }, kind.occasion(0), { standing: { isKnown: false } });
    expect(fired).toEqual([]);
    expect(lapsed.map(({ why }) => why)).toEqual(["nobody_to_tell"]);
    const content = { do: "content", slot: "hero", content: { text: "Hello" }, days: 3 };
    const both = lived({ then: [hook, content] }, kind.occasion(0), { standing: { isKnown: false } });
    expect(both.fired.map(({ effects }) => effects)).toEqual([[content]]);
  });

  test("fires once for two records that turn out to be one person", () => {
    const compiled = triggersOf([{ on: kind.on, delayMinutes: 120 }]);
    const standing: Standing = Object.assign(
      { ...kind.standing },
      ...kind.occasion(0).map(({ sets }) => sets),
    );
    const waits = live(compiled, kind.occasion(0), first + HOUR_MS, { standing });
    const hasFired = live(compiled, kind.occasion(0), first + 3 * HOUR_MS, { standing });
    expect(hasFired.fired).toHaveLength(1);
    const fires = (state: typeof waits.state) =>
      attendTriggers(compiled, state, contextOf(first + 4 * HOUR_MS, standing)).fired.length;
    expect(fires(joinTriggerState(waits.state, newTriggerState()))).toBe(1);
    expect(fires(joinTriggerState(newTriggerState(), waits.state))).toBe(1);
    expect(fires(joinTriggerState(waits.state, waits.state))).toBe(1);
    expect(fires(joinTriggerState(waits.state, hasFired.state))).toBe(0);
    expect(fires(joinTriggerState(hasFired.state, waits.state))).toBe(0);
  });

  test.runIf(kind.undoes !== undefined || kind.undoesBy !== undefined)(
    "does not fire when it is no longer so",
    () => {
      const undone: Turn = {
        at: first + HOUR_MS,
        ...(kind.undoes ? { sets: kind.undoes } : {}),
        ...(kind.undoesBy ? { brings: kind.undoesBy } : {}),
      };
      const { fired, lapsed } = lived({ delayMinutes: 120 }, [...kind.occasion(0), undone]);
      expect(fired).toEqual([]);
      expect(lapsed.map(({ why }) => why)).toEqual(["over"]);
    },
  );
});
