import { readingOthers } from "./t01-reading-others.ts";
import { writingOthers } from "./t02-writing-others.ts";
import { crossTenant } from "./t03-cross-tenant.ts";
import { privileges } from "./t04-privileges.ts";
import { keys } from "./t05-keys.ts";
import { injection } from "./t06-injection.ts";
import { costlyRules } from "./t07-costly-rules.ts";
import { prototypes } from "./t08-prototypes.ts";
import { internalReach } from "./t10-internal-reach.ts";
import { webhooks } from "./t11-webhooks.ts";
import { inference } from "./t15-inference.ts";
import { consentIgnored } from "./t16-consent.ts";
import { gpcToOthers } from "./t17-gpc-to-others.ts";
import { erase } from "./t18-erase.ts";
import type { Threat } from "./threat.ts";

/** Every threat that is tried, in the order of their numbers. */
export const THREATS: readonly Threat[] = [
  readingOthers,
  writingOthers,
  crossTenant,
  privileges,
  keys,
  injection,
  costlyRules,
  prototypes,
  internalReach,
  webhooks,
  inference,
  consentIgnored,
  gpcToOthers,
  erase,
];
