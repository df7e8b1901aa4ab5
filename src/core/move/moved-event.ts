import * as v from "valibot";
import { EVENT_SCHEMA } from "../event/event.ts";
import type { ResolvedEvent } from "../event/resolved.ts";
import { ItemId, Name } from "../primitives/ids.ts";
import { MAY_ALL, type LoggedEvent } from "../profile/logged.ts";

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

const Assignment = v.strictObject({
  experiment: Name,
  variation: Name,
  windowMs: whole,
  p: v.optional(share),
  v: v.optional(whole),
  leaf: v.optional(text(256)),
  cap: v.optional(whole),
});
type Assignment = v.InferOutput<typeof Assignment>;

/** What is kept with an event beside what its sender told. */
const Kept = v.strictObject({
  digest: whole,
  may: v.pipe(whole, v.maxValue(MAY_ALL)),
  unmatched: v.optional(v.pipe(v.array(text(2048)), v.maxLength(1_000))),
  costMinor: v.optional(v.pipe(v.number(), v.safeInteger())),
  assignment: v.optional(Assignment),
  claim: v.optional(
    v.strictObject({
      expiresAt: whole,
      decisionId: text(64),
      slot: text(64),
      revision: whole,
      picks: v.pipe(v.array(v.strictObject({ item: ItemId, propensity: share })), v.maxLength(24)),
      assignments: v.pipe(v.array(Assignment), v.maxLength(1_000)),
    }),
  ),
});
type Kept = v.InferOutput<typeof Kept>;

type Claimed = Extract<ResolvedEvent, { claim: unknown }>["claim"]["assignments"][number];

const plainAssignment = ([experiment, variation, windowMs, stake]: Claimed): Assignment => ({
  experiment,
  variation,
  windowMs,
  ...stake,
});
const assignmentOf = ({ experiment, variation, windowMs, p, v: version, leaf, cap }: Assignment): Claimed => {
  const stake = {
    ...(p === undefined ? {} : { p }),
    ...(version === undefined ? {} : { v: version }),
    ...(leaf === undefined ? {} : { leaf }),
    ...(cap === undefined ? {} : { cap }),
  };
  return Object.keys(stake).length > 0
    ? [experiment, variation, windowMs, stake]
    : [experiment, variation, windowMs];
};

/** A stored event on its way to another deployment: as it was sent, and under `kept` what was noted with it. */
export function plainEvent(event: LoggedEvent): Record<string, unknown> {
  const { digest, may, unmatched, costMinor, assignment, ...rest } = event as LoggedEvent & {
    readonly claim?: Extract<ResolvedEvent, { claim: unknown }>["claim"];
  };
  const { claim, ...told } = rest as typeof rest & {
    claim?: Extract<ResolvedEvent, { claim: unknown }>["claim"];
  };
  return {
    ...told,
    kept: {
      digest,
      may,
      ...(unmatched ? { unmatched } : {}),
      ...(costMinor === undefined ? {} : { costMinor }),
      ...(assignment ? { assignment: plainAssignment(assignment) } : {}),
      ...(claim
        ? {
            claim: {
              expiresAt: claim.expiresAt,
              decisionId: claim.decisionId,
              slot: claim.slot,
              revision: claim.revision,
              picks: claim.picks.map(([item, propensity]) => ({ item, propensity })),
              assignments: claim.assignments.map(plainAssignment),
            },
          }
        : {}),
    },
  };
}

/**
 * A stored event of another deployment, checked like any that enters. `undefined` for what is none.
 * @param to the site and the start of the object's id that a decision is from now on said to have been made for
 */
export function readMovedEvent(
  value: unknown,
  to: { readonly site: string; readonly subject: string },
): LoggedEvent | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const { kept: noted, ...told } = value as Record<string, unknown>;
  const kept = v.safeParse(Kept, noted);
  const schema = typeof told["type"] === "string" ? EVENT_SCHEMA.get(told["type"]) : undefined;
  if (!kept.success || !schema) return undefined;
  const isClaimed = told["type"] === "slot_seen" || told["type"] === "slot_clicked";
  if (isClaimed !== (kept.output.claim !== undefined)) return undefined;
  const parsed = v.safeParse(schema, isClaimed ? { ...told, token: "" } : told);
  if (!parsed.success || parsed.output.at === undefined || !namesItems(parsed.output)) return undefined;
  return { ...withoutToken(parsed.output), ...noteOf(kept.output, to) } as LoggedEvent;
}

const withoutToken = ({ ...event }: Record<string, unknown>): Record<string, unknown> => {
  delete event["token"];
  return event;
};

/** Whether every item is named by its id: references were resolved when the event was taken in. */
function namesItems(event: object): boolean {
  const { item, items, lines } = event as {
    item?: unknown;
    items?: readonly unknown[];
    lines?: readonly { item: unknown }[];
  };
  const all = [item, ...(items ?? []), ...(lines ?? []).map((line) => line.item)];
  return all.every((one) => one === undefined || typeof one === "string");
}

function noteOf(
  { digest, may, unmatched, costMinor, assignment, claim }: Kept,
  to: { readonly site: string; readonly subject: string },
): Record<string, unknown> {
  return {
    digest,
    may,
    ...(unmatched ? { unmatched } : {}),
    ...(costMinor === undefined ? {} : { costMinor }),
    ...(assignment ? { assignment: assignmentOf(assignment) } : {}),
    ...(claim
      ? {
          claim: {
            ...to,
            expiresAt: claim.expiresAt,
            decisionId: claim.decisionId,
            slot: claim.slot,
            revision: claim.revision,
            picks: claim.picks.map(({ item, propensity }) => [item, propensity] as const),
            assignments: claim.assignments.map(assignmentOf),
          },
        }
      : {}),
  };
}
