import { Hono } from "hono";
import { problemOfError, problemResponse } from "./http/problem.ts";
import { answerUnknown, registerAll } from "./routes/front-door.ts";
import type { RouteEnv } from "./routes/route.ts";

export { BehaviourObject } from "./objects/behaviour-object.ts";
export { CourierObject } from "./objects/courier-object.ts";
export { CustomerObject } from "./objects/customer-object.ts";
export { DraftObject } from "./objects/draft-object.ts";
export { ImportObject } from "./objects/import-object.ts";
export { LedgerObject } from "./objects/ledger-object.ts";
export { ModelObject } from "./objects/model-object.ts";
export { SiteObject } from "./objects/site-object.ts";
export { UnmatchedObject } from "./objects/unmatched-object.ts";

/** What is answered where, and to whom, stands in `routes/table.ts`. */
const app = new Hono<RouteEnv>();
registerAll(app);
app.notFound(answerUnknown);
app.onError((error, c) => {
  console.error(JSON.stringify({ at: c.req.routePath, error: String(error) }));
  return problemResponse(problemOfError(error));
});

export default app;
