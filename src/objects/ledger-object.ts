import { DurableObject } from "cloudflare:workers";
import type { Delta } from "../core/profile/delta.ts";
import type { Env } from "../env.ts";
import { addDeltas, LEDGER_MIGRATIONS, readTallies, type TallyRow } from "../store/ledger-store.ts";
import { GroupCommit } from "./group-commit.ts";
import { migrate } from "../store/migrations.ts";
import type { Shipment } from "../store/outbox.ts";
import { receiveOnce } from "../store/receipts.ts";

/** How long a report waits for others to be committed with. */
const COMMIT_MS = 50;

/** Adds up what customers' objects report, as differences without persons: experiments, slots, days. */
export class LedgerObject extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, LEDGER_MIGRATIONS);
  }

  readonly #commits = new GroupCommit<Shipment, number>(COMMIT_MS, (shipments) => {
    const { storage } = this.ctx;
    return storage.transactionSync(() => {
      const deltas: Delta[] = [];
      const confirmed = shipments.map((shipment) =>
        receiveOnce(storage, shipment, (parcel) => deltas.push(...(JSON.parse(parcel.payload) as Delta[]))),
      );
      if (deltas.length > 0) addDeltas(storage, deltas);
      return confirmed;
    });
  });

  /** Takes a customer's differences, each once. Answers with the last sequence that is now counted. */
  receive(shipment: Shipment): Promise<number> {
    return this.#commits.add(shipment);
  }

  tallies(family: Delta["family"], name?: string): TallyRow[] {
    return readTallies(this.ctx.storage, family, name);
  }
}
