import { randomBytes } from "node:crypto";
import type { Canary } from "./scan.ts";

/** How somebody is known: by which name the server keeps them, and so how they can be erased. */
export const KINDS = ["visitor", "signed-in", "registered", "foreign"] as const;
export type Kind = (typeof KINDS)[number];

/** A request as it was sent, to be sent again to the letter. */
export type Letter = {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A server's key; a page's stands in the body. */
  readonly key?: string;
};

/** Channels whose text is never to lie in any file in the clear, not even of somebody who stays. */
export const NEVER: ReadonlySet<string> = new Set([
  "address query",
  "referrer query",
  "decision token",
  "decide page",
  "identity token",
  "visitor id",
  "device details",
  "shop system's buyer",
  "shop system's item",
]);

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Somebody whose every text is their own. */
export class CanaryPerson {
  readonly n: number;
  readonly kind: Kind;
  readonly canaries: Canary[] = [];
  readonly letters: Letter[] = [];
  /** By cookie name. */
  readonly cookies = new Map<string, string>();
  /** What the server or another tracker called this browser. */
  visitorId: string | undefined;
  readonly customerId: string | undefined;
  #events = 0;

  constructor(n: number) {
    this.n = n;
    this.kind = KINDS[n % KINDS.length]!;
    if (this.kind === "foreign") this.visitorId = `anon-${this.text("visitor id")}`;
    if (this.kind === "signed-in") this.customerId = `cust-${this.text("customer id")}`;
    if (this.kind === "registered") this.customerId = `woocommerce:${this.text("customer id")}`;
  }

  /** A text nobody else has: 24 random characters, remembered for the search. */
  text(channel: string): string {
    const text = [...randomBytes(24)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
    this.know(channel, text);
    return text;
  }

  /** A text that somebody else made for this person. */
  know(channel: string, text: string): void {
    this.canaries.push({ person: this.n, channel, text });
  }

  /** An event of their own making, under an id of its own. */
  event(type: string, fields: object = {}): object {
    return { id: `evt.${this.text("event id")}.${this.#events++}`, at: Date.now(), type, ...fields };
  }
}
