import type { ConsentStatement } from "../consent/consent.ts";
import { digestOf, type ResolvedEvent } from "../event/resolved.ts";
import type { Declaration } from "./declaration.ts";

/** One call to a customer's object: what it says about consent, and what happened. */
export type Told = {
  readonly consent: ConsentStatement;
  readonly source: string;
  readonly basis?: string;
  readonly policyVersion?: string;
  readonly events: readonly ResolvedEvent[];
  /** How many of the first events are consent, which no report counts. */
  readonly consents: number;
};

/**
 * The calls that bring one person's rows home: each declaration under its own source, the events with the last one. A
 * dated yes or no of the customer is an event, so that the later moment wins; every other basis settles only what nobody
 * has decided.
 */
export function tellings(declarations: readonly Declaration[], events: readonly ResolvedEvent[]): Told[] {
  if (declarations.length === 0) return [{ consent: {}, source: "import", events, consents: 0 }];
  return declarations.map((declaration, index): Told => {
    const { consent, basis, source, policyVersion, at } = declaration;
    const rest = index === declarations.length - 1 ? events : [];
    const told = { source: `import: ${source}`, basis, policyVersion };
    if (at === undefined) return { ...told, consent, events: rest, consents: 0 };
    const id = `imp-${digestOf(JSON.stringify(["consent", declaration])).toString(36)}`;
    const type = "consent_updated" as const;
    const word = {
      type,
      id,
      at,
      page: undefined,
      consent: { ...consent },
      policyVersion,
      digest: digestOf(id),
    };
    return { ...told, consent: {}, events: [word, ...rest], consents: 1 };
  });
}
