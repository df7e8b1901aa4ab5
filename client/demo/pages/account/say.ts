import type { KnownDocument } from "../../../../src/core/customer/known.ts";
import type { Change } from "../../rights.ts";

/** What the parts of the page can ask for: a change is sent, and the page then shows what is known afterwards. */
export type Say = (change: Change) => void;

/** What a part of the page shows, and how it changes it. */
export type Part = (known: KnownDocument, say: Say) => HTMLElement | undefined;
