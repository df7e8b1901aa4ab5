import type { Manner } from "./collector.ts";
import { slotOf, TOLD } from "./page.ts";

/** A way for a slot to end. */
export type Case = {
  readonly name: string;
  readonly manner?: Partial<Manner>;
  /** The slot's markup. Absent: reserved height, with the shop's own content waiting in it. */
  readonly slot?: string;
  /** How the script learns of the visitor's yes. Absent: from an earlier page. */
  readonly yes?: string;
  /** Which requests never arrive. */
  readonly blocked?: RegExp;
  /** For how many seconds the shop's own content waits. Absent: as the guide says. */
  readonly patienceS?: number;
  /** Whether the shop then renders another page in this one. */
  readonly isRerendered?: boolean;
  /** How the slot stands in the end. */
  readonly end: End;
};
/** `status`: what the slot says. */
export type End = { readonly status: string | null; readonly picks: number; readonly isOwnShown: boolean };

const FILLED: End = { status: "contextual", picks: 6, isOwnShown: false };
/** On a busy machine an answer takes its time: a case that is not about lateness must not be late. */
const PATIENT = 30;
const EMPTY = slotOf("");

export const CASES: readonly Case[] = [
  { name: "filled", patienceS: PATIENT, end: FILLED },
  {
    name: "empty",
    manner: { picks: 0, status: "fallback" },
    slot: EMPTY,
    end: { status: "fallback", picks: 0, isOwnShown: false },
  },
  {
    name: "late over own content",
    manner: { decideMs: 1500 },
    end: { status: "late", picks: 0, isOwnShown: true },
  },
  {
    name: "late over own content, yes told by the page",
    manner: { decideMs: 1500 },
    yes: TOLD,
    end: { status: "late", picks: 0, isOwnShown: true },
  },
  { name: "late into an empty slot", manner: { decideMs: 1500 }, slot: EMPTY, end: FILLED },
  // The page gives up after nine seconds.
  {
    name: "timed out",
    manner: { decideMs: Infinity },
    end: { status: "fallback", picks: 0, isOwnShown: true },
  },
  {
    name: "script blocked",
    blocked: /\/concierge\.js$/,
    end: { status: null, picks: 0, isOwnShown: true },
  },
  {
    name: "API blocked",
    blocked: /\/v1\//,
    end: { status: "fallback", picks: 0, isOwnShown: true },
  },
  { name: "re-rendered", patienceS: PATIENT, isRerendered: true, end: FILLED },
  {
    name: "own content kept",
    manner: { picks: 0, status: "holdout" },
    end: { status: "holdout", picks: 0, isOwnShown: true },
  },
];

/** A slot that has no height until it is filled, above everything else on the page. */
export const UNRESERVED: Case = {
  name: "no height reserved",
  manner: { decideMs: 500 },
  slot: EMPTY.replace('class="slot"', ""),

  end: FILLED,
};

/** A phone, a tablet, a desktop: width and height in CSS pixels. */
export const WIDTHS: readonly (readonly [width: number, height: number])[] = [
  [360, 740],
  [768, 1024],
  [1440, 900],
];
