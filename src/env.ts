import type { BehaviourObject } from "./objects/behaviour-object.ts";
import type { CourierObject } from "./objects/courier-object.ts";
import type { CustomerObject } from "./objects/customer-object.ts";
import type { ImportObject } from "./objects/import-object.ts";
import type { LedgerObject } from "./objects/ledger-object.ts";
import type { ModelObject } from "./objects/model-object.ts";
import type { UnmatchedObject } from "./objects/unmatched-object.ts";
import type { SiteObject } from "./objects/site-object.ts";

/** Everything the deployment gives us. The complete list: what is not here cannot be reached. */
export type Env = {
  readonly ASSETS: Fetcher;
  readonly CUSTOMER: DurableObjectNamespace<CustomerObject>;
  readonly SITE: DurableObjectNamespace<SiteObject>;
  readonly MODEL: DurableObjectNamespace<ModelObject>;
  readonly LEDGER: DurableObjectNamespace<LedgerObject>;
  readonly COURIER: DurableObjectNamespace<CourierObject>;
  readonly BEHAVIOUR: DurableObjectNamespace<BehaviourObject>;
  readonly IMPORT: DurableObjectNamespace<ImportObject>;
  readonly UNMATCHED: DurableObjectNamespace<UnmatchedObject>;
  /** Made with itty-durable, which speaks no RPC: only `objects/draft-adapter.ts` may touch it. */
  readonly DRAFT: DurableObjectNamespace;
  /** Root of every name, key digest and signature of this deployment. */
  readonly CONCIERGE_SECRET: string;
  /** Opens the creation of sites. */
  readonly OPERATOR_KEY: string;
  /** Sign decision tokens, where set: to rotate, move the first to the second and set another. */
  readonly TOKEN_SECRET?: string;
  readonly TOKEN_SECRET_PREVIOUS?: string;
  /** How soon after an erasure shared logs are rewritten, in milliseconds, as text. Absent: the default, well within 24 h. */
  readonly CLEAR_AFTER_MS?: string;
  /** Set after objects were restored from a backup, to that moment in epoch milliseconds: each asks the erase ledger before it serves. */
  readonly RESTORED_AT?: string;
  /** "1": browsers without a window count as people. For tests and demos. */
  readonly ALLOW_HEADLESS?: string;
  /** Share of the requests that are told in the log, 0 to 1. Failed and slow ones always are. */
  readonly LOG_REQUESTS?: string;
  /** Shops that this Worker stands in front of: JSON, host name → origin and key. See `proxy/fronted.ts`. */
  readonly PROXY?: string;
  /** The origin of a shop that runs beside this server, where there is one. */
  readonly ORIGIN?: Fetcher;
  /** Multiplies every rate limit. For load tests and very large shops. */
  readonly BUDGET_FACTOR?: string;
};
