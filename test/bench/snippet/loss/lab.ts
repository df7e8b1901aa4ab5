import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../../support/browser.ts";
import { startRealShop } from "../../../support/real-shop.ts";
import { buildScripts, shopPages, type Asked } from "./pages.ts";
import type { Plant } from "./plants.ts";
import { Road } from "./road.ts";
import { readSettled, type Stored } from "./stored.ts";
import type { Lab } from "./trial.ts";

/** A lab that is open: the Worker itself is asked what it has. */
export type OpenLab = Lab & {
  stored(
    isEnough: (stored: ReadonlyMap<string, readonly Stored[]>) => boolean,
  ): Promise<Map<string, Stored[]>>;
  close(): Promise<void>;
};

export type LabOptions = {
  readonly delayMs: number;
  readonly exitMs: number;
  readonly outageMs: number;
  readonly patienceMs: number;
  readonly plants: readonly Plant[];
};

/** Starts a shop on one origin, the Worker behind a slow road on another, and browsers as they are asked for. */
export async function openLab({
  delayMs,
  exitMs,
  outageMs,
  patienceMs,
  plants,
}: LabOptions): Promise<OpenLab> {
  const scripts = await buildScripts(plants);
  const extras = new Map<string, string>();
  const asked: Asked[] = [];
  const embedding = { writeKey: "", road: "" };
  const real = await startRealShop(shopPages(scripts, () => embedding, extras, asked));
  const road = await new Road(real.api, delayMs).open();
  Object.assign(embedding, { writeKey: real.keys.writeKey, road: road.url });
  const browsers = new Map<string, Promise<Browser>>();
  const folders: string[] = [];
  return {
    shop: real.shop,
    road,
    extras,
    asked,
    exitMs,
    outageMs,
    patienceMs,
    browser(kind = "usual") {
      const known = browsers.get(kind);
      if (known) return known;
      const started = launchBrowser(
        kind === "cached" ? { ignoreDefaultArgs: ["--disable-back-forward-cache"] } : {},
      );
      browsers.set(kind, started);
      return started;
    },
    folder() {
      const folder = mkdtempSync(join(tmpdir(), "concierge-profile-"));
      folders.push(folder);
      return folder;
    },
    stored: (isEnough) => readSettled(real.api, real.keys.adminKey, isEnough),
    async close() {
      const started = await Promise.allSettled(browsers.values());
      await Promise.all(started.map((one) => (one.status === "fulfilled" ? one.value.close() : undefined)));
      road.close();
      await real.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
