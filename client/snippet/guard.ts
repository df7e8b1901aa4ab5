import { log } from "./log.ts";

/** Wraps an entry point: whatever goes wrong inside stays inside. The shop's page never sees an exception of ours. */
export const guard =
  <A extends unknown[], R>(act: (...input: A) => R) =>
  (...input: A): R | undefined => {
    try {
      return act(...input);
    } catch (error) {
      log("error", error);
    }
  };

/** Listens, guarded, to each of the events named in `types` (separated by spaces), before the page itself does. */
export function on<E extends Event = Event>(
  target: EventTarget,
  types: string,
  act: (event: E) => void,
): void {
  for (const type of types.split(" ")) target.addEventListener(type, guard(act) as EventListener, true);
}
