import { askForced } from "./debug/ask-forced.ts";
import { openPanel } from "./debug/panel.ts";

/** The panel of `?concierge=debug`, loaded on demand and never by a visitor who did not ask for it. */
openPanel();
askForced();
