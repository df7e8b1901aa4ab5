import { Hono } from "hono";
import type { Env } from "./env.ts";
import { problemOfError, problemResponse } from "./http/problem.ts";
import { getConfig, getRevisions } from "./routes/get-config.ts";
import { getConfigSchema, getStarters } from "./routes/get-config-schema.ts";
import {
  deleteCustomer,
  getCustomerExport,
  getErasures,
  postErasures,
  postUnmerge,
} from "./routes/customers.ts";
import { getCustomer } from "./routes/get-customer.ts";
import { getPrivacyRegister } from "./routes/get-privacy-register.ts";
import { postIdentify, postReset } from "./routes/post-identify.ts";
import { postMe, postMeChange, postMeErase, postMeExport } from "./routes/post-me.ts";
import { getExperiment } from "./routes/get-experiment.ts";
import { getSite } from "./routes/get-site.ts";
import { getUnmatched } from "./routes/get-unmatched.ts";
import { postDecide } from "./routes/post-decide.ts";
import { postDrafts } from "./routes/post-drafts.ts";
import { postEvents } from "./routes/post-events.ts";
import { postGa4 } from "./routes/post-ga4.ts";
import { postRank } from "./routes/post-rank.ts";
import { postSegment } from "./routes/post-segment.ts";
import { postSites } from "./routes/post-sites.ts";
import { putCatalog } from "./routes/put-catalog.ts";
import { postRollback, putConfig } from "./routes/put-config.ts";

export { BehaviourObject } from "./objects/behaviour-object.ts";
export { CourierObject } from "./objects/courier-object.ts";
export { CustomerObject } from "./objects/customer-object.ts";
export { DraftObject } from "./objects/draft-object.ts";
export { ImportObject } from "./objects/import-object.ts";
export { LedgerObject } from "./objects/ledger-object.ts";
export { ModelObject } from "./objects/model-object.ts";
export { SiteObject } from "./objects/site-object.ts";
export { UnmatchedObject } from "./objects/unmatched-object.ts";

const app = new Hono<{ Bindings: Env }>();

// Pages: what happened, and what to show.
app.post("/v1/events", postEvents);
app.post("/v1/decide", postDecide);
app.post("/v1/rank", postRank);
// Other trackers' words for the same.
for (const call of ["batch", "track", "page", "screen", "identify", "group", "alias"])
  app.post(`/v1/${call}`, postSegment);
app.post("/v1/ga4", postGa4);
// The shop's server: what it sells.
app.put("/v1/catalog", putCatalog);
app.get("/v1/catalog/unmatched", getUnmatched);
// The marketer: what to do, and what it earned.
app.get("/v1/config", getConfig);
app.put("/v1/config", putConfig);
app.get("/v1/config/revisions", getRevisions);
app.post("/v1/config/rollback", postRollback);
app.get("/v1/schema/config.json", getConfigSchema);
app.get("/v1/config/starters", getStarters);
app.post("/v1/drafts", postDrafts);
app.get("/v1/experiments/:id", getExperiment);
// Who a visitor is, and what is known about whoever asks.
app.post("/v1/identify", postIdentify);
app.post("/v1/reset", postReset);
app.post("/v1/me", postMe);
app.post("/v1/me/export", postMeExport);
app.post("/v1/me/change", postMeChange);
app.post("/v1/me/erase", postMeErase);
app.get("/v1/customers/:id", getCustomer);
app.get("/v1/customers/:id/export", getCustomerExport);
app.delete("/v1/customers/:id", deleteCustomer);
app.delete("/v1/visitors/:id", deleteCustomer);
app.post("/v1/customers/unmerge", postUnmerge);
app.get("/v1/erasures", getErasures);
app.post("/v1/erasures", postErasures);
app.get("/v1/privacy/register", getPrivacyRegister);
// The operator.
app.post("/v1/sites", postSites);
app.get("/v1/site", getSite);
app.get("/health", () => Response.json({ status: "ok" }));

// Nothing here needs a preflight; whoever asks is told the methods, and no origin is let in.
app.options(
  "/v1/*",
  () => new Response(null, { status: 204, headers: { allow: "GET, POST, PUT, OPTIONS" } }),
);

const KNOWN_PATHS = new Set(app.routes.map((route) => route.path));

app.notFound((c) => {
  if (!c.req.path.startsWith("/v1/")) return c.env.ASSETS.fetch(c.req.raw);
  if (KNOWN_PATHS.has(c.req.path))
    return problemResponse({ code: "method_not_allowed", detail: "This address answers other methods." });
  return problemResponse({
    code: "route_unknown",
    detail: "There is no such address here.",
    cure: "The README lists the endpoints.",
  });
});

app.onError((error, c) => {
  console.error(JSON.stringify({ at: c.req.routePath, error: String(error) }));
  return problemResponse(problemOfError(error));
});

export default app;
