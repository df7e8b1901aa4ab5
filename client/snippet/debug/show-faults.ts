import { make } from "./element.ts";
import type { Fault } from "./faults.ts";

/** Everything that went wrong, each thing once; nothing where nothing did. */
export function showFaults(faults: readonly Fault[]): Node[] {
  if (!faults[0]) return [];
  return [
    make("h2", {}, "Errors"),
    make(
      "ul",
      {},
      ...faults.map(({ kind, title, detail, cure, times }) =>
        make(
          "li",
          { class: kind },
          make("strong", {}, title),
          times > 1 && make("span", { class: "soft" }, ` × ${times}`),
          detail
            ? make(
                "div",
                { class: kind === "error" ? "mono soft" : "soft" },
                detail.split("\n", 4).join("\n"),
              )
            : undefined,
          cure ? make("div", {}, cure) : undefined,
        ),
      ),
    ),
  ];
}
