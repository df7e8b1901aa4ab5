export { concierge, type Concierge } from "./connect.ts";
export { eventId } from "./event-id.ts";
export { assign, localFlags, matches, type FlagAnswer, type FlagContext, type LocalFlags } from "./flags.ts";
export { everyRow, jsonLines, type Table } from "./ndjson.ts";
export type { Versioned } from "./operation.ts";
export { ConciergeProblem, type LocalCode } from "./problem.ts";
export type { CallOptions, ClientSettings } from "./send.ts";
export type * from "./wire.ts";
