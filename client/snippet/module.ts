import { configure, type Settings } from "./script.ts";
import { start as run } from "./start.ts";

/**
 * The module's way in: the same as the script tag, once per page.
 * @example start({ key: "pk_…", api: "https://edge.example" })("consent", { analytics: true })
 */
export function start(settings: Settings & { readonly key: string; readonly api: string }) {
  window.concierge ??= Object.assign(
    (...call: unknown[]) => {
      (window.concierge!.q ??= []).push(call);
    },
    { q: [] as Iterable<unknown>[] },
  ) as never;
  if (!window.concierge!.log) {
    configure(settings);
    run();
  }
  return (...call: Parameters<NonNullable<typeof window.concierge>>): void => window.concierge!(...call);
}
