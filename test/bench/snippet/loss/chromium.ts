import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** A Chromium that can be started without anybody driving it. */
export const installedChromium = [
  process.env["CHROME_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

export const NO_CHROMIUM = "no installed Chromium; CHROME_PATH names one";

export const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic"];

/** Starts a browser at an address, by itself. The answer ends it. */
export function startAlone(folder: string, url: string): () => Promise<void> {
  const args = [...ARGS, "--headless=new", `--user-data-dir=${folder}`, url];
  const child = spawn(installedChromium!, args, { stdio: "ignore" });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return async () => {
    child.kill("SIGTERM");
    await gone;
  };
}
