import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { call, type SiteKeys } from "../call.ts";
import { readLines } from "./read-lines.ts";
import { Refusal } from "./refusal.ts";

/** Where a site is, and the key of its owner there. */
export type End = { readonly api: string; readonly key: string };

/** How far a move has come; kept in a file, so that it can go on after anything. */
export type Progress = {
  /** The site's keys at the target: told once, when it was made. */
  readonly keys?: SiteKeys;
  /** Where the next page of people begins; null: all were brought. */
  readonly after?: string | null;
  readonly taken?: number;
  readonly erased?: number;
  readonly joined?: number;
};

export const readProgress = (path: string): Progress =>
  existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Progress) : {};

/** In one step, and for nobody else to read: it holds keys. */
export function keepProgress(path: string, progress: Progress): void {
  writeFileSync(`${path}.part`, `${JSON.stringify(progress, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** Bytes of catalog sent at a time; a body may have 25 MB. */
const CATALOG_BYTES = 8 * 1024 * 1024;

type Site = { readonly kind: "live" | "bench"; readonly origins: readonly string[] };

/** Makes the site at the target as it is at the source: origins and kind. */
export async function makeSite(from: End, to: { readonly api: string; readonly operatorKey: string }) {
  const { kind, origins } = await call<Site>(`${from.api}/v1/site`, { key: from.key });
  const [origin, ...more] = origins;
  return call<SiteKeys>(`${to.api}/v1/sites`, {
    key: to.operatorKey,
    body: { origin, origins: more, kind },
  }).catch((error: unknown) => {
    if (!/answered 409/.test(String(error))) throw error;
    throw new Refusal(
      `There is a site for ${origin} at ${to.api} already.`,
      "Give its owner key with --to-key, or the file of the move that made it with --state.",
    );
  });
}

/** Publishes the source's config at the target, unless it is what stands there. */
export async function moveConfig(from: End, to: End): Promise<void> {
  const read = async ({ api, key }: End) => {
    const reply = await fetch(`${api}/v1/config`, { headers: { authorization: `Bearer ${key}` } });
    if (!reply.ok) throw new Error(`${api}/v1/config answered ${reply.status}.`);
    return { text: await reply.text(), etag: reply.headers.get("etag")! };
  };
  const [theirs, ours] = await Promise.all([read(from), read(to)]);
  if (theirs.text === ours.text) return;
  await call(`${to.api}/v1/config`, {
    method: "PUT",
    key: to.key,
    headers: { "if-match": ours.etag },
    body: theirs.text,
  });
}

/** Brings every item. @returns how many there are at the source */
export async function moveCatalog(from: End, to: End): Promise<number> {
  const reply = await fetch(`${from.api}/v1/export/items`, {
    headers: { authorization: `Bearer ${from.key}` },
  });
  if (!reply.ok) throw new Error(`/v1/export/items answered ${reply.status}.`);
  let items = 0;
  let bodies = [""];
  await readLines(reply, (line) => {
    items++;
    if (bodies.at(-1)!.length > CATALOG_BYTES) bodies.push("");
    bodies = [...bodies.slice(0, -1), `${bodies.at(-1)!}${line}\n`];
  });
  for (const body of bodies.filter((one) => one !== "")) {
    const { rejected } = await call<{ rejected: number }>(`${to.api}/v1/catalog`, {
      method: "PUT",
      key: to.key,
      type: "application/x-ndjson",
      body,
    });
    if (rejected > 0) throw new Error(`The target refused ${rejected} items.`);
  }
  return items;
}

type Page = { readonly persons: readonly { readonly customerId?: string }[]; readonly next: string | null };
type Outcome = { readonly taken: number; readonly erased: number; readonly joined: number };

/**
 * Brings everybody, a page at a time, from where a move before came to.
 * @param isKnownOnly leaves visitors behind who are nobody's customer
 * @param keep is told after each page how far it is
 */
export async function movePeople(
  from: End,
  to: End,
  progress: Progress,
  isKnownOnly: boolean,
  keep: (progress: Progress) => void,
): Promise<Progress> {
  let now = progress;
  while (now.after !== null) {
    const page = await call<Page>(`${from.api}/v1/persons?after=${now.after ?? ""}`, { key: from.key });
    now = { ...(await bring(to, page, now, isKnownOnly)), after: page.next };
    keep(now);
  }
  return now;
}

/** Brings customers by the shop's ids: also those of whom no index knows, since they allow no analytics and never bought. */
export async function moveNamed(
  from: End,
  to: End,
  ids: readonly string[],
  progress: Progress,
): Promise<Progress> {
  let now = progress;
  for (const id of ids) {
    for (let after: string | null = ""; after !== null;) {
      const query: string = `customer=${encodeURIComponent(id)}&after=${after}`;
      const page: Page = await call<Page>(`${from.api}/v1/persons?${query}`, { key: from.key });
      now = await bring(to, page, now, false);
      after = page.next;
    }
  }
  return now;
}

async function bring(to: End, page: Page, progress: Progress, isKnownOnly: boolean): Promise<Progress> {
  const persons = page.persons.filter(({ customerId }) => !isKnownOnly || customerId !== undefined);
  if (persons.length === 0) return progress;
  const { taken, erased, joined } = await call<Outcome>(`${to.api}/v1/persons`, {
    key: to.key,
    body: { persons },
  });
  return {
    ...progress,
    taken: (progress.taken ?? 0) + taken,
    erased: (progress.erased ?? 0) + erased,
    joined: (progress.joined ?? 0) + joined,
  };
}
