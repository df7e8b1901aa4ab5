import { createDurable } from "itty-durable";
import type { Env } from "../env.ts";

/** What a preview link stands for: somebody invented, looking at a config that is not live. */
export type Draft = {
  readonly site: string;
  /** Id of the draft revision, which SiteObject keeps. */
  readonly draft: string;
  readonly expiresAt: number;
  /** An invented visitor: traits, recently viewed items, cart. Never a real customer's data. */
  readonly persona: unknown;
};

/**
 * A preview link's object, made with itty-durable: state is whatever was assigned to `this` and persisted as one value.
 * It takes no raw request, sets no alarm and holds nothing that would be missed. Only `edge/draft-adapter.ts` calls it.
 */
export class DraftObject extends createDurable({ autoPersist: false, autoReturn: false }) {
  constructor(state: DurableObjectState, env: Env) {
    // Its base class asks every binding for `idFromName`, and a setting that is not set is null on plain workerd.
    super(state, Object.fromEntries(Object.entries(env).filter(([, value]) => value !== null)));
  }

  declare text: string | undefined;

  /** Keeps the draft; an ASCII text, because itty-durable carries arguments in a request header. */
  async keep(text: string): Promise<{ kept: true }> {
    this.text = text;
    await this.persist();
    return { kept: true };
  }

  /** The draft as it was kept, or null. */
  look(): { text: string | null } {
    return { text: this.text ?? null };
  }
}
