import { existsSync } from "node:fs";
import { chromium, type Browser, type LaunchOptions } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/google-chrome"];
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

/** The part of `@sparticuz/chromium` that is used: a browser packed for machines that have none. */
type PackedChromium = { readonly default: { executablePath(): Promise<string> } };

/** Where a Chromium is: `CHROME_PATH`, the system's, or the packed one, unpacked on first use. */
export async function findBrowser(): Promise<{ readonly executablePath: string; readonly args: string[] }> {
  const installed = [process.env["CHROME_PATH"], ...PLACES].find((path) => path && existsSync(path));
  if (installed) return { executablePath: installed, args: ARGS };
  // The package unpacks the libraries it brings along only where it believes to be in a function of this name.
  process.env["AWS_LAMBDA_JS_RUNTIME"] ??= "nodejs24.x";
  const name: string = "@sparticuz/chromium";
  const packed = ((await import(name)) as PackedChromium).default;
  // Not with its own arguments: a single process dies with its first context, and web security is what we test.
  return { executablePath: await packed.executablePath(), args: ["--no-zygote", ...ARGS] };
}

/** Starts a headless Chromium. The caller closes it. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, ...options, args: [...args, ...(options.args ?? [])] });
}
