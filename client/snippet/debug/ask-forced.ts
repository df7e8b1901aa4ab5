import { force } from "../force.ts";

/**
 * Puts what this page's address forces into every question for a decision, and asks once more. The snippet itself knows
 * nothing of it: only whoever opened the panel pays for it. Also with nothing forced, for then the answer tells which
 * variations there are.
 */
export function askForced(): void {
  const send = window.fetch;
  window.fetch = (input, init) => {
    const isQuestion = String(input).endsWith("/v1/decide") && typeof init?.body === "string";
    if (!isQuestion) return send(input, init);
    const body = JSON.parse(init.body as string) as object;
    return send(input, { ...init, body: JSON.stringify({ ...body, force }) });
  };
  window.concierge?.("decide");
}
