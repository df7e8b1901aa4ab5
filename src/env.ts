import type { CourierObject } from "./objects/courier-object.ts";
import type { CustomerObject } from "./objects/customer-object.ts";
import type { LedgerObject } from "./objects/ledger-object.ts";
import type { ModelObject } from "./objects/model-object.ts";
import type { SiteObject } from "./objects/site-object.ts";

/** Everything the deployment gives us. The complete list: what is not here cannot be reached. */
export type Env = {
  readonly ASSETS: Fetcher;
  readonly CUSTOMER: DurableObjectNamespace<CustomerObject>;
  readonly SITE: DurableObjectNamespace<SiteObject>;
  readonly MODEL: DurableObjectNamespace<ModelObject>;
  readonly LEDGER: DurableObjectNamespace<LedgerObject>;
  readonly COURIER: DurableObjectNamespace<CourierObject>;
  /** Made with itty-durable, which speaks no RPC: only `objects/draft-adapter.ts` may touch it. */
  readonly DRAFT: DurableObjectNamespace;
  /** Root of every name, key digest and signature of this deployment. */
  readonly CONCIERGE_SECRET: string;
  /** Opens the creation of sites. */
  readonly OPERATOR_KEY: string;
};
