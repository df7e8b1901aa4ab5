import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { migrate, type Migrations } from "../store/migrations.ts";
import { SCHEDULE_TABLE } from "../store/schedule.ts";

const COURIER_MIGRATIONS: Migrations = [
  `
CREATE TABLE deliveries (id TEXT NOT NULL PRIMARY KEY, endpoint TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
${SCHEDULE_TABLE}
`,
];

/**
 * Carries webhooks out of a site. Its tables and its place in the deployment are settled, so that none has to move
 * later; it has no endpoint to deliver to before a config can name one, and says so.
 */
export class CourierObject extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, COURIER_MIGRATIONS);
  }

  /** Deliveries by state. @example { waiting: 0, parked: 0 } */
  status(): Record<string, number> {
    const rows = this.ctx.storage.sql.exec<{ state: string; n: number }>(
      "SELECT state, COUNT(*) AS n FROM deliveries GROUP BY state",
    );
    return Object.fromEntries(rows.toArray().map((row) => [row.state, row.n]));
  }
}
