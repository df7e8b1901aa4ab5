import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readApi } from "../../src/cli/api-description.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { wireTypes } from "./wire-types.ts";

export const WIRE_FILE = join(ROOT, "client/sdk/wire.ts");

/** The file of types as it should be now, formatted as everything here is. */
export async function currentWire(): Promise<string> {
  const { endpoints } = await readApi();
  const folder = mkdtempSync(join(tmpdir(), "concierge-wire-"));
  const file = join(folder, "wire.ts");
  try {
    writeFileSync(file, wireTypes(endpoints));
    execFileSync(join(ROOT, "node_modules/.bin/oxfmt"), ["--write", file], { cwd: folder, stdio: "pipe" });
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  writeFileSync(WIRE_FILE, await currentWire());
  console.log("Written: client/sdk/wire.ts");
}
