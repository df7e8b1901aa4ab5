import { connectConsentMode } from "../consent-mode.ts";

connectConsentMode();
