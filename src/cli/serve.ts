import { launch, type Served, type Serving } from "./launch.ts";

export { freePort, isTaken, WORKERD, type Served, type Serving } from "./launch.ts";

/**
 * A server for trying out, tests and benches: whoever is on their own machine is no bot, whatever browser they drive and
 * however fast. For a real shop see `self-host.ts`, which asks for nothing of the kind.
 */
export const serve = (serving: Serving): Promise<Served> =>
  launch({ ...serving, settings: { ALLOW_HEADLESS: "1", ...serving.settings } });
