import { connectConsentMode } from "../adapters/consent-mode.ts";
import { connectGa4 } from "../adapters/ga4.ts";
import { connectTcf } from "../adapters/tcf.ts";
import { start } from "../snippet/start.ts";

/** The snippet with what most shops need beside it: GA4's data layer, Google Consent Mode and IAB TCF. */
start();
connectConsentMode();
connectTcf();
connectGa4();
