import * as v from "valibot";
import { sender, type EventAnswer } from "./decide.ts";

/** Most events in one batch, and the largest body and event, in bytes. */
export const EVENTS_MAX = 500;
export const BODY_BYTES_MAX = 512 * 1024;
export const EVENT_BYTES_MAX = 32 * 1024;

/** `POST /v1/events`: what a page or a server saw happen. Each event is parsed, and answered, on its own. */
export const EventsRequest = v.strictObject({
  ...sender,
  events: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(EVENTS_MAX)),
});
export type EventsRequest = v.InferOutput<typeof EventsRequest>;

export type EventsAnswer = {
  readonly events: readonly EventAnswer[];
  readonly visitorId?: string;
};
