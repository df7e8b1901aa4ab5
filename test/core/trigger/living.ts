import * as v from "valibot";
import { Triggers } from "../../../src/core/config/trigger-config.ts";
import { parseMoment, type EpochMs } from "../../../src/core/primitives/time.ts";
import type { CountedEvent } from "../../../src/core/segment/count/counted-event.ts";
import { attendTriggers } from "../../../src/core/trigger/attend-triggers.ts";
import { compileTriggers, type CompiledTriggers } from "../../../src/core/trigger/compile-triggers.ts";
import type { Fired, Lapsed } from "../../../src/core/trigger/firing.ts";
import type { Happening } from "../../../src/core/trigger/happening.ts";
import type { TriggerContext } from "../../../src/core/trigger/trigger-context.ts";
import { newTriggerState, type TriggerState } from "../../../src/core/trigger/trigger-state.ts";

/** A moment from text. @example moment("1970-01-02T00:00:00Z") // 86400000 */
export function moment(text: string): EpochMs {
  const at = parseMoment(text);
  if (at === undefined) throw new Error(`${text} is no moment`);
  return at;
}

/** Triggers as a marketer writes them, read and compiled. Effects and ids are made up where they do not matter. */
export const triggersOf = (written: readonly object[], timeZone = "UTC"): CompiledTriggers =>
  compileTriggers(
    v.parse(
      Triggers,
      written.map((one, i) => ({ id: `t${i}`, then: [{ do: "trait", name: "told", value: true }], ...one })),
    ),
    timeZone,
  );

export const happening = (
  event: CountedEvent,
  id: string,
  at: EpochMs,
  attributes: Readonly<Record<string, unknown>> = {},
): Happening => {
  const item = attributes["item"] as { readonly id?: string } | undefined;
  return { id, event, at, attributes, ...(item?.id === undefined ? {} : { item: item.id }) };
};

/** What lasts from turn to turn, and what one turn brings. */
export type Standing = Partial<Omit<TriggerContext, "now" | "happenings" | "entered" | "left" | "shelf">>;
export type Brought = Partial<
  Pick<TriggerContext, "happenings" | "entered" | "left" | "shelf" | "isHistorical">
>;
export type Turn = { readonly at: EpochMs; readonly sets?: Standing; readonly brings?: Brought };

export const contextOf = (now: EpochMs, standing: Standing = {}, brings: Brought = {}): TriggerContext => ({
  now,
  source: "source-1",
  isHistorical: false,
  isKnown: true,
  happenings: [],
  segments: [],
  entered: [],
  left: [],
  shelf: [],
  interestIn: () => undefined,
  onShelf: () => ({ isAvailable: true }),
  purchases: () => [],
  due: () => [],
  life: [],
  attributes: () => ({}),
  permits: () => true,
  ...standing,
  ...brings,
});

/** What a customer's life came to. */
export type Lived = { readonly fired: Fired[]; readonly lapsed: Lapsed[]; readonly state: TriggerState };

/**
 * Lives through turns, and is woken whenever that was asked for, up to a moment.
 * @param pauses moments at which one looks though nothing happens and nothing is due
 */
export function live(
  compiled: CompiledTriggers,
  turns: readonly Turn[],
  until: EpochMs,
  {
    pauses = [],
    standing = {},
    state = newTriggerState(),
  }: {
    readonly pauses?: readonly EpochMs[];
    readonly standing?: Standing;
    readonly state?: TriggerState;
  } = {},
): Lived {
  const fired: Fired[] = [];
  const lapsed: Lapsed[] = [];
  let now: Standing = standing;
  const attend = (turn: Turn): EpochMs | undefined => {
    now = { ...now, ...turn.sets };
    const done = attendTriggers(compiled, state, contextOf(turn.at, now, turn.brings));
    // As storage keeps it.
    state = JSON.parse(JSON.stringify(done.state)) as TriggerState;
    fired.push(...done.fired);
    lapsed.push(...done.lapsed);
    if (done.nextAt !== undefined && done.nextAt <= turn.at)
      throw new Error(`asked to be woken at ${done.nextAt}, which is not after ${turn.at}`);
    return done.nextAt;
  };
  const all = [...turns, ...pauses.map((at): Turn => ({ at }))].sort((a, b) => a.at - b.at);
  let nextAt: EpochMs | undefined;
  for (const turn of [...all, { at: Infinity }]) {
    for (; nextAt !== undefined && nextAt < turn.at && nextAt <= until; nextAt = attend({ at: nextAt }));
    if (turn.at <= until) nextAt = attend(turn);
  }
  return { fired, lapsed, state };
}
