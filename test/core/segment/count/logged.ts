import { MAY_REMEMBER, type LoggedEvent } from "../../../../src/core/profile/logged.ts";

type Fields = {
  readonly type: string;
  readonly id: string;
  readonly at: number;
  readonly [field: string]: unknown;
};

/** An event as the log holds it, of somebody who may be remembered unless told otherwise. Only what is given is there. */
export const logged = (event: Fields): LoggedEvent =>
  ({ digest: 1, may: MAY_REMEMBER, ...event }) as unknown as LoggedEvent;
