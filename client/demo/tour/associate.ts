import { DEMO_CUSTOMER } from "../sign-in.ts";
import type { Site } from "../site.ts";

type Run = {
  readonly run: string;
  readonly status: string;
  readonly outcome?: { readonly accepted: number };
};
type Problem = { readonly detail?: string };

/** What an associate notes after a talk in the store: a sentence for people, and a fact that rules may ask for. */
const FACT = "casserole";
const TEXT = "Cooks for six since summer. Looks for a casserole that feeds them all.";

async function ask<T>(site: Site, path: string, init: RequestInit): Promise<T> {
  const headers = { authorization: `Bearer ${site.adminKey}`, ...init.headers };
  const response = await fetch(`${site.api}${path}`, { ...init, cache: "no-store", headers });
  const answer = (await response.json()) as T & Problem;
  if (!response.ok) throw new Error(answer.detail ?? response.statusText);
  return answer;
}

/** Sends the note as a till would, and waits until it is taken in. Throws with the refusal's own words. */
export async function noteInStore(site: Site): Promise<void> {
  const options = { commit: true, mapping: { "facts.lookingFor": { column: "lookingFor" } } };
  const row = [DEMO_CUSTOMER, new Date().toISOString(), "anna", "comparing", FACT, TEXT].join(",");
  let run = await ask<Run>(site, `/v1/import/notes?options=${encodeURIComponent(JSON.stringify(options))}`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: `customerId,at,author,intent,lookingFor,text\n${row}`,
  });
  for (let tries = 0; run.status === "committing" && tries < 40; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    run = await ask<Run>(site, `/v1/imports/${run.run}`, {});
  }
  if (run.outcome?.accepted !== 1)
    throw new Error("The note was not taken in: has Robin agreed to advice in the shop?");
}
