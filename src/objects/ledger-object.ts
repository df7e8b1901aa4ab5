import { DurableObject } from "cloudflare:workers";
import type { Delta } from "../core/profile/delta.ts";
import type { Env } from "../env.ts";
import { addDeltas, LEDGER_MIGRATIONS, readTallies, type TallyRow } from "../store/ledger-store.ts";
import { migrate } from "../store/migrations.ts";
import type { Shipment } from "../store/outbox.ts";
import { receiveOnce } from "../store/receipts.ts";

/** Adds up what customers' objects report, as differences without persons: experiments, slots, days. */
export class LedgerObject extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, LEDGER_MIGRATIONS);
  }

  receive(shipment: Shipment): number {
    const { storage } = this.ctx;
    return receiveOnce(storage, shipment, (parcel) => {
      addDeltas(storage, (JSON.parse(parcel.payload) as { deltas: Delta[] }).deltas);
    });
  }

  tallies(family: Delta["family"], name?: string): TallyRow[] {
    return readTallies(this.ctx.storage, family, name);
  }
}
