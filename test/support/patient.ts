import { vi } from "vitest";

/** A second, the default, is little for a browser and a server on a busy machine. */
const PATIENCE_MS = 10_000;

const waitFor = vi.waitFor.bind(vi);
vi.waitFor = (check, options) =>
  waitFor(check, typeof options === "number" ? options : { timeout: PATIENCE_MS, ...options });
