import * as v from "valibot";
import { EventId, Name } from "../primitives/ids.ts";
import { OVERLAP_HOURS_DEFAULT, OVERLAP_HOURS_MAX } from "./secret-version.ts";

/** A new secret for an endpoint. `overlapHours` 0: the old one is void at once, as after a leak. */
export const RotateRequest = v.strictObject({
  overlapHours: v.optional(
    v.pipe(v.number(), v.minValue(0), v.maxValue(OVERLAP_HOURS_MAX)),
    OVERLAP_HOURS_DEFAULT,
  ),
});

/** Parked deliveries to try again: one, those of an endpoint, or (with neither) all. */
export const ReplayRequest = v.strictObject({ id: v.optional(EventId), endpoint: v.optional(Name) });

/** Which deliveries to list. */
export const DeliveriesShown = v.picklist(["recent", "waiting", "parked"]);
