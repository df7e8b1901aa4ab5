import { readingOthers } from "./t01-reading-others.ts";
import { writingOthers } from "./t02-writing-others.ts";
import { crossTenant } from "./t03-cross-tenant.ts";
import { privileges } from "./t04-privileges.ts";
import { keys } from "./t05-keys.ts";
import { injection } from "./t06-injection.ts";
import { costlyRules } from "./t07-costly-rules.ts";
import { prototypes } from "./t08-prototypes.ts";
import { script } from "./t09-script.ts";
import { internalReach } from "./t10-internal-reach.ts";
import { webhooks } from "./t11-webhooks.ts";
import { shilling } from "./t12-shilling.ts";
import { experiments } from "./t13-experiments.ts";
import { coOccurrence } from "./t14-co-occurrence.ts";
import { inference } from "./t15-inference.ts";
import { consentIgnored } from "./t16-consent.ts";
import { gpcToOthers } from "./t17-gpc-to-others.ts";
import { erase } from "./t18-erase.ts";
import { exports } from "./t19-export.ts";
import { floods } from "./t20-floods.ts";
import { endlessIds } from "./t21-endless-ids.ts";
import { imports } from "./t22-imports.ts";
import { parsers } from "./t23-parsers.ts";
import { browsers } from "./t24-browsers.ts";
import { supply } from "./t25-supply.ts";
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
  script,
  internalReach,
  webhooks,
  shilling,
  experiments,
  coOccurrence,
  inference,
  consentIgnored,
  gpcToOthers,
  erase,
  exports,
  floods,
  endlessIds,
  imports,
  parsers,
  browsers,
  supply,
];
