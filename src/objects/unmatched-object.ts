import { DurableObject } from "cloudflare:workers";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";

const TABLE =
  "CREATE TABLE IF NOT EXISTS refs (ref TEXT NOT NULL, page TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (ref, page)) STRICT, WITHOUT ROWID";
/** References kept of a half day; a page that invents them fills no disk. */
const REFS_MAX = 2_000;

export type UnmatchedRow = { readonly ref: string; readonly page: string; readonly count: number };

/** The references of half a day that no catalog item answered to. Clears itself half a day after it ends. */
export class UnmatchedObject extends DurableObject<Env> {
  async note(refs: readonly { ref: string; page: string }[], clearAt: EpochMs): Promise<void> {
    const { storage } = this.ctx;
    storage.transactionSync(() => {
      storage.sql.exec(TABLE);
      const { n } = storage.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM refs").one();
      for (const { ref, page } of refs)
        storage.sql.exec(
          n < REFS_MAX
            ? "INSERT INTO refs (ref, page, count) VALUES (?, ?, 1) ON CONFLICT (ref, page) DO UPDATE SET count = count + 1"
            : "UPDATE refs SET count = count + 1 WHERE ref = ? AND page = ?",
          ref,
          page,
        );
    });
    if ((await storage.getAlarm()) === null) await storage.setAlarm(clearAt);
  }

  list(): UnmatchedRow[] {
    const { sql } = this.ctx.storage;
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'refs'").toArray().length === 0) return [];
    return sql
      .exec<UnmatchedRow & Record<string, SqlStorageValue>>(
        "SELECT ref, page, count FROM refs ORDER BY ref, page",
      )
      .toArray();
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}
