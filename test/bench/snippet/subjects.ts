import { buildScript } from "../../../src/cli/build-script.ts";
import { carriesOwnEvent } from "./collector.ts";
import { ownTag, pageOf, peerTag, WAIT } from "./page.ts";
import { buildPeers } from "./peers.ts";
import type { Arrived, StandIn } from "./stand-in.ts";

/** One of those that are compared, embedded in a page of its own. */
export type Subject = {
  readonly name: string;
  readonly page: string;
  /** Address of its script. Absent: the page has none. */
  readonly script?: string;
  /** Whether a request carries an event of its. */
  readonly isEvent: (request: Arrived) => boolean;
};

/** The page without any script, twice: how much two equal things differ here is what no difference means. */
export const CONTROLS = ["none", "none-again"];
export const OURS = "concierge";

/** Puts pages and scripts into the shop: controls, ours, and peers. @param peers names; absent: all that are installed */
export async function embedAll(shop: StandIn, peers?: readonly string[]): Promise<readonly Subject[]> {
  const embed = (name: string, scripts: string, rest: Omit<Subject, "name" | "page">): Subject => ({
    name,
    page: shop.put(`/${name}.html`, "text/html", pageOf({ scripts, head: WAIT_OF[name] ?? "" })),
    ...rest,
  });
  const add = (name: string, script: Uint8Array): string =>
    shop.put(`/${name}.js`, "text/javascript", script);
  const own = add(OURS, await buildScript("client/snippet/snippet.ts"));
  const isOwnEvent = ({ at, path, text }: Arrived): boolean => at === "api" && carriesOwnEvent(path, text);
  return [
    embed(CONTROLS[0]!, "", { isEvent: () => false }),
    embed(OURS, ownTag(own, shop.api), { script: own, isEvent: isOwnEvent }),
    embed(CONTROLS[1]!, "", { isEvent: () => false }),
    ...(await buildPeers(peers)).map(({ name, script, event }) => {
      const src = add(name, script);
      const isEvent = ({ at, method, path }: Arrived): boolean =>
        at === "api" && method !== "OPTIONS" && (event?.test(path) ?? false);
      return embed(name, peerTag(src, shop.api), { script: src, isEvent });
    }),
  ];
}

/** Only where there is something to wait for does the shop's own content wait. */
const WAIT_OF: Readonly<Record<string, string>> = { [OURS]: WAIT };

/** The order of a run: another one begins each time, so that nobody always follows the same. */
export const turnOf = <T>(subjects: readonly T[], run: number): readonly T[] =>
  subjects.map((_, at) => subjects[(at + run) % subjects.length]!);
