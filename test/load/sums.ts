import { call } from "../../src/cli/call.ts";
import type { Place } from "./place.ts";
import { pause } from "./honest.ts";
import type { Shop } from "./shop.ts";

const LAG_MS_MAX = 30_000;
const STEP_MS = 700;

/** Events that the site's sums know of. */
export async function counted({ url }: Place, { keys }: Shop): Promise<number> {
  const { daily } = await call<{ daily: { metric: string; value: number }[] }>(`${url}/v1/site`, {
    key: keys.adminKey,
  });
  return daily.filter(({ metric }) => metric === "events").reduce((sum, { value }) => sum + value, 0);
}

/** The same once the sums have stood still for longer than a try takes to be made again. */
export async function settled(place: Place, shop: Shop): Promise<number> {
  let last = -1;
  for (let waited = 0, same = 0; same < 4 && waited < LAG_MS_MAX; waited += STEP_MS) {
    await pause(STEP_MS);
    const now = await counted(place, shop);
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}
