import { findBrowser } from "./browser.ts";

/** Unpacks the packed browser before any file runs: two that unpack it at once would start one that is still being written. */
export default async function setup(): Promise<void> {
  await findBrowser();
}
