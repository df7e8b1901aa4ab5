import type { ImportKind } from "../core/import/import-kind.ts";
import type { RunReport } from "../core/import/report.ts";
import type { Problem } from "../core/problem/problem.ts";
import { objectId } from "../edge/names.ts";
import type { SiteSnapshot } from "../edge/site-entry.ts";
import type { Env } from "../env.ts";
import type { Access } from "../http/access.ts";
import type { Envelope } from "../store/import-store.ts";

type ImportStub = ReturnType<Env["IMPORT"]["get"]>;

/** The object of one run. */
export async function runOf(env: Env, siteId: string, run: string): Promise<ImportStub> {
  return env.IMPORT.get(await objectId(env, "import", siteId, run));
}

/** Id of the object that keeps a site's reports and the secrets of its shop systems. No run is named so. */
export const shelfId = (env: Env, siteId: string): Promise<DurableObjectId> =>
  objectId(env, "import", siteId, "shelf");

export async function shelfOf(env: Env, siteId: string): Promise<ImportStub> {
  return env.IMPORT.get(await shelfId(env, siteId));
}

/** A run as it stands: on its way in its own object, or finished on the shelf. */
export async function reportOn(env: Env, siteId: string, run: string): Promise<RunReport | undefined> {
  const live = await (await runOf(env, siteId, run)).report();
  if (live) return live;
  const kept = await (await shelfOf(env, siteId)).reportOn(run);
  // A report that says "staged" while its run is gone was left by a stop: the rows have expired.
  return kept?.status === "done" ? kept : undefined;
}

/** What customers' objects have to be told beside events, as the site is configured now. */
export function envelopeOf(siteId: string, site: SiteSnapshot): Envelope {
  const { consent, retention } = site.world.config.config;
  return {
    site: siteId,
    receivers: site.ids,
    tallies: site.tallies,
    policyVersion: consent.policyVersion,
    grantDays: consent.grantDays,
    retention,
  };
}

export const isRunId = (text: string | undefined): text is string => /^[0-9a-f]{32}$/.test(text ?? "");

/** Store associates bring in their notes and nothing else. */
export const mayImport = ({ role }: Access, kind: ImportKind): boolean =>
  role !== "associate" || kind === "notes";

export const NOTES_ONLY: Problem = {
  code: "key_not_allowed",
  detail: "An associate's key brings in notes, and nothing else.",
  cure: "Use the server's key or an owner's.",
};

export const RUN_UNKNOWN: Problem = {
  code: "import_unknown",
  detail: "There is no such run, or it was never committed and its 24 hours are over.",
  cure: "Send the file again: the same file with the same options is the same run.",
};
