import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";

/** A slice of a shop's behaviour log. */
export class BehaviourObject extends DurableObject<Env> {}
