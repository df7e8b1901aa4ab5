import { isImportKind, type ImportKind } from "../core/import/import-kind.ts";
import { ImportOptions } from "../core/import/options.ts";
import type { RunReport } from "../core/import/report.ts";
import {
  CHUNK_CHARS_MAX,
  CHUNK_ENTRIES_MAX,
  ROWS_USE,
  type StagedEntry,
} from "../core/import/staged-entry.ts";
import { parseWith } from "../core/problem/parse.ts";
import type { Problem } from "../core/problem/problem.ts";
import { fail, type Result } from "../core/primitives/result.ts";
import { hmac, toHex } from "../edge/hmac.ts";
import { resolvingOf, takeEvent } from "../edge/intake.ts";
import { lengthPrefixed } from "../edge/length-prefixed.ts";
import { objectId } from "../edge/names.ts";
import { seal } from "../edge/seal.ts";
import type { Env } from "../env.ts";
import type { Access } from "../http/access.ts";
import { LIMITS } from "../http/limits.ts";
import { problemResponse } from "../http/problem.ts";
import { parseJson, readText } from "../http/read-body.ts";
import { openFile } from "../import/offline-file.ts";
import { FileRun, type Entry } from "../import/offline-run.ts";
import { envelopeOf, mayImport, NOTES_ONLY, reportOn, runOf, shelfId } from "./imports.ts";
import { admit, answer, type RouteContext } from "./route.ts";

/** characters of the options in the address. */
const OPTIONS_MAX = 8 * 1024;

const UNSUPPORTED: Problem = {
  code: "format_unsupported",
  detail: "An import takes text/csv or application/x-ndjson, not compressed.",
  cure: "Name the format with the content type; leave content-encoding out.",
};

/**
 * `POST /v1/import/:kind`: checks a whole file, stages what is right, and answers with counts, wrong rows by line, columns
 * that nothing reads, and what would be withheld. Nothing reaches a customer before the commit. The same file with the same
 * options is the same run, however often it is sent.
 */
export async function postImport(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const kind = c.req.param("kind") ?? "";
  if (!isImportKind(kind))
    return problemResponse({
      code: "import_unknown",
      detail: "The kind of an import is one of: orders, customers, surveys, reviews, notes, events.",
    });
  if (!mayImport(access, kind)) return problemResponse(NOTES_ONLY);
  if ((c.req.header("content-encoding") ?? "identity") !== "identity") return problemResponse(UNSUPPORTED);
  const options = optionsOf(c.req.query("options"));
  if (!options.ok) return problemResponse(options.problem);
  const text = await readText(c.req.raw, LIMITS.catalogBytesMax);
  if (!text.ok) return problemResponse(text.problem);
  const source = openFile(c.req.header("content-type"), text.value);
  if (!source) return problemResponse(UNSUPPORTED);
  if ("detail" in source) return problemResponse(unreadable(source));

  const { siteId, site } = access;
  const now = Date.now();
  const fileHash = await sha256(text.value);
  const run = await runIdOf(c.env, siteId, kind, options.value, fileHash);
  const file = new FileRun(source, {
    run,
    kind,
    options: options.value,
    now,
    grantDays: site.world.config.config.consent.grantDays,
    take: taking(access, now),
  });
  const head = { run, kind, fileHash, bases: options.value.basis, createdAt: now };
  if (options.value.dryRun) {
    for (const _ of file.entries());
    if (file.unreadable) return problemResponse(unreadable(file.unreadable));
    return answer({ ...head, status: "checked", ...file.report() } satisfies RunReport);
  }
  const known = await reportOn(c.env, siteId, run);
  const staged =
    known && known.status !== "staging"
      ? known
      : await stageFile(c.env, siteId, file, { ...head, status: "staging", ...file.report() });
  if ("code" in staged) return problemResponse(staged);
  if (!options.value.commit || staged.status !== "staged" || staged.counts.invalid > 0)
    return answer(staged, {}, staged === known ? 200 : 202);
  const stub = await runOf(c.env, siteId, run);
  return answer((await stub.commit(envelopeOf(siteId, site))) ?? staged, {}, 202);
}

function optionsOf(text: string | undefined): Result<ImportOptions> {
  if (text !== undefined && text.length > OPTIONS_MAX)
    return fail({ code: "body_too_large", detail: `Options may have at most ${OPTIONS_MAX} characters.` });
  const value = parseJson(text ?? "{}");
  return value.ok ? parseWith(ImportOptions, value.value, "body_invalid", "/options") : value;
}

const unreadable = ({ line, detail }: { readonly line: number; readonly detail: string }): Problem => ({
  code: "import_unreadable",
  detail: `Line ${line}: ${detail}`,
  cure: "Mend the file at that line and send it again.",
});

async function sha256(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

/** The id of a run: the file and how it is read, under the deployment's secret, so that nobody can guess one. */
async function runIdOf(
  env: Env,
  siteId: string,
  kind: ImportKind,
  { dryRun: _dryRun, commit: _commit, ...reading }: ImportOptions,
  fileHash: string,
): Promise<string> {
  const parts = lengthPrefixed([siteId, kind, JSON.stringify(reading), fileHash]);
  return toHex(await hmac(env.CONCIERGE_SECRET, "import-run", parts)).slice(0, 32);
}

function taking({ site }: Access, now: number): (raw: unknown) => ReturnType<typeof takeEvent> {
  const resolving = resolvingOf(site, now);
  return (raw) => takeEvent(raw, resolving, 0);
}

/** Stages every right entry, sealed, a chunk at a time. */
async function stageFile(
  env: Env,
  siteId: string,
  file: FileRun,
  head: RunReport,
): Promise<RunReport | Problem> {
  const stub = await runOf(env, siteId, head.run);
  const begun = await stub.begin({
    site: siteId,
    shelf: (await shelfId(env, siteId)).toString(),
    report: head,
  });
  if (begun !== "open") return begun;
  let chunk: string[] = [];
  let chars = 0;
  let chunks = 0;
  const flush = async (): Promise<void> => {
    if (chunk.length === 0) return;
    await stub.stage(chunks++, await seal(env, ROWS_USE, `[${chunk.join(",")}]`));
    chunk = [];
    chars = 0;
  };
  for (const entry of file.entries()) {
    const text = JSON.stringify(await stagedEntry(env, siteId, entry));
    if (chunk.length >= CHUNK_ENTRIES_MAX || chars + text.length > CHUNK_CHARS_MAX) await flush();
    chunk.push(text);
    chars += text.length;
  }
  if (file.unreadable) {
    await stub.abandon();
    return unreadable(file.unreadable);
  }
  await flush();
  return stub.staged({ ...head, ...file.report() }, chunks);
}

async function stagedEntry(
  env: Env,
  siteId: string,
  { person, events, declarations }: Entry,
): Promise<StagedEntry> {
  if ("customerId" in person) {
    const { customerId } = person;
    const object = (await objectId(env, "customer", siteId, customerId)).toString();
    return { object, customerId, events, declarations };
  }
  return {
    object: (await objectId(env, "visitor", siteId, person.visitorId)).toString(),
    events,
    declarations,
  };
}
