import { permits, type ConsentRecord } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { CompiledLife } from "./compile-life.ts";

/** Whether life events may be read at all: the customer granted the purpose. */
export const mayReadLife = (consent: ConsentRecord, now: EpochMs): boolean =>
  permits(consent, "life_events", now);

/**
 * Whether anything may be concluded: the owner enabled it, and the customer granted life events, and personalization
 * too, under which what they do is looked at.
 */
export const mayInfer = (life: CompiledLife, consent: ConsentRecord, now: EpochMs): boolean =>
  life.infer && mayReadLife(consent, now) && permits(consent, "personalization", now);
