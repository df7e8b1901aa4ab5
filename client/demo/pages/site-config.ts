import type { ConfigDocument } from "../../../src/core/config/config.ts";
import type { Lint } from "../../../src/core/config/lint.ts";
import type { Site } from "../site.ts";

/** A problem document (RFC 9457) as this API writes it. */
export type Refusal = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly pointer?: string;
  readonly cure?: string;
};

async function ask(
  site: Site,
  path: string,
  init: RequestInit = {},
): Promise<Response | { refusal: Refusal }> {
  try {
    const response = await fetch(`${site.api}${path}`, {
      ...init,
      cache: "no-store",
      headers: { ...init.headers, authorization: `Bearer ${site.adminKey}` },
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as Partial<Refusal>;
    return {
      refusal: { status: response.status, title: "Refused", detail: response.statusText, ...problem },
    };
  } catch (error) {
    return { refusal: { status: 0, title: "No answer", detail: String(error) } };
  }
}

/** The published config and the ETag of its revision. */
export async function readConfig(
  site: Site,
): Promise<{ document: ConfigDocument; etag: string } | { refusal: Refusal }> {
  const response = await ask(site, "/v1/config");
  if ("refusal" in response) return response;
  return { document: (await response.json()) as ConfigDocument, etag: response.headers.get("etag") ?? "" };
}

/** Publishes a config if nobody else did since `etag`. `lint` says what is allowed but probably not meant. */
export async function writeConfig(
  site: Site,
  document: unknown,
  etag: string,
): Promise<{ etag: string; lint: string[] } | { refusal: Refusal }> {
  const response = await ask(site, "/v1/config?message=From+the+demo", {
    method: "PUT",
    headers: { "content-type": "application/json", "if-match": etag },
    body: JSON.stringify(document),
  });
  if ("refusal" in response) return response;
  const { lint = [] } = (await response.json()) as { lint?: Lint[] };
  return {
    etag: response.headers.get("etag") ?? etag,
    lint: lint.map((hint) => hint.detail),
  };
}

/** One experiment's report, as the API tells it. */
export async function readExperiment<Report>(site: Site, id: string): Promise<Report | { refusal: Refusal }> {
  const response = await ask(site, `/v1/experiments/${encodeURIComponent(id)}`);
  return "refusal" in response ? response : ((await response.json()) as Report);
}
