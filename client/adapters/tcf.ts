import { say } from "./say.ts";

type Consents = { readonly [purpose: string]: boolean | undefined };
type TcData = {
  readonly gdprApplies?: boolean;
  readonly eventStatus?: string;
  readonly purpose?: { readonly consents?: Consents };
};
type Cmp = (command: string, version: 2, hear: (data: TcData, isGood: boolean) => void) => void;

/** TCF purposes that must all be consented to before one of ours is granted: the Worker's own mapping. */
const MAPPING: { readonly [purpose: string]: readonly number[] } = {
  analytics: [1, 7, 8, 9, 10],
  personalization: [1, 5, 6],
  marketing: [1, 3, 4],
};

const LOOKS = 40;
const EVERY_MS = 250;

/**
 * Hands on what an IAB TCF 2.2 consent tool says, and each change of it; waits ten seconds for a tool that comes late.
 * While its question is open it has said nothing. Where it says that the GDPR does not apply, it speaks of nothing.
 */
export function connectTcf(looks = LOOKS): void {
  const cmp = (window as { __tcfapi?: Cmp }).__tcfapi;
  if (!cmp) {
    if (looks > 0) setTimeout(() => connectTcf(looks - 1), EVERY_MS);
    return;
  }
  cmp("addEventListener", 2, (data, isGood) => {
    if (!isGood || data.eventStatus === "cmpuishown") return;
    const consents = data.purpose?.consents ?? {};
    const stated = Object.entries(MAPPING).map(([purpose, needed]) => [
      purpose,
      data.gdprApplies === false ? null : needed.every((number) => consents[number] === true),
    ]);
    say("consent", Object.fromEntries(stated), "tcf");
  });
}
