import type { LogEntry } from "../log.ts";
import { at } from "./element.ts";

/** Something that went wrong, however often. */
export type Fault = {
  /** `error`: inside the page; `problem`: the server refused. */
  readonly kind: "error" | "problem";
  readonly title: string;
  readonly detail: string;
  readonly cure: string;
  times: number;
};

function faultOf({ kind, data }: LogEntry): Fault | undefined {
  if (kind === "error") {
    const title = String(data);
    const stack = String(at(data, "stack") ?? "");
    const detail = stack.startsWith(title) ? stack.slice(title.length).trim() : stack;
    return { kind: "error", title, detail, cure: "", times: 1 };
  }
  const code = at(data, "code");
  if (!kind.startsWith("answer ") || typeof code !== "string") return undefined;
  const words = [at(data, "pointer"), at(data, "detail")].filter(Boolean).join(": ");
  return {
    kind: "problem",
    title: `${kind.slice(7)} was refused: ${code}`,
    detail: words,
    cure: String(at(data, "cure") ?? ""),
    times: 1,
  };
}

/** Everything that went wrong, each thing once. */
export function faultsOf(log: readonly LogEntry[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const entry of log) {
    const fault = faultOf(entry);
    if (!fault) continue;
    const key = fault.kind === "error" ? fault.title : fault.title + fault.detail;
    const known = faults.get(key);
    if (known) known.times++;
    else faults.set(key, fault);
  }
  return [...faults.values()];
}
