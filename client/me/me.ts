import { ConciergeMe } from "./element.ts";

if (!customElements.get("concierge-me")) customElements.define("concierge-me", ConciergeMe);
