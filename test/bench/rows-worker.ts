import app from "../../src/worker.ts";
import { BehaviourObject as Behaviour } from "../../src/objects/behaviour-object.ts";
import { CustomerObject as Customer } from "../../src/objects/customer-object.ts";
import { LedgerObject as Ledger } from "../../src/objects/ledger-object.ts";
import { ModelObject as Model } from "../../src/objects/model-object.ts";
import type { Env } from "../../src/env.ts";

export { CourierObject } from "../../src/objects/courier-object.ts";
export { DraftObject } from "../../src/objects/draft-object.ts";
export { ImportObject } from "../../src/objects/import-object.ts";
export { SiteObject } from "../../src/objects/site-object.ts";
export { UnmatchedObject } from "../../src/objects/unmatched-object.ts";

/** Rows written and alarms set, by class: what the platform bills. An alarm costs a row. */
const written: Record<string, { rows: number; alarms: number }> = {};

/** Counts what one object writes from here on. */
function meter(ctx: DurableObjectState, name: string): DurableObjectState {
  const count = (written[name] ??= { rows: 0, alarms: 0 });
  const { storage } = ctx;
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  sql.exec = ((query: string, ...binds: unknown[]) => {
    const cursor = exec(query, ...(binds as SqlStorageValue[]));
    count.rows += cursor.rowsWritten;
    return cursor;
  }) as SqlStorage["exec"];
  const setAlarm = storage.setAlarm.bind(storage);
  storage.setAlarm = (...args: Parameters<typeof setAlarm>) => {
    count.alarms++;
    return setAlarm(...args);
  };
  return ctx;
}

export class CustomerObject extends Customer {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meter(ctx, "customer"), env);
  }
}
export class LedgerObject extends Ledger {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meter(ctx, "ledger"), env);
  }
}
export class ModelObject extends Model {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meter(ctx, "model"), env);
  }
}
export class BehaviourObject extends Behaviour {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meter(ctx, "behaviour"), env);
  }
}

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    if (new URL(request.url).pathname === "/__rows") return Response.json(written);
    return app.fetch(request, env, ctx);
  },
};
