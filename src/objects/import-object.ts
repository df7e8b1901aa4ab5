import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";

/** One run of an import. */
export class ImportObject extends DurableObject<Env> {}
