import { read } from "./element.ts";

/** Fields that prove who somebody is, or what was decided: whoever is sent the copy has no need of them. */
const SECRET = new Set(["identity", "token"]);

/** A report as text that may be pasted into a ticket. Bodies of requests are written as what they say. */
export const reportText = (report: object): string =>
  JSON.stringify(
    report,
    function (this: unknown, name, value: unknown) {
      if (SECRET.has(name) && typeof value === "string") return "(left out)";
      if (value instanceof Error) return String(value.stack ?? value);
      const kind = String((this as { readonly kind?: unknown }).kind);
      if (name === "data" && kind === "call identify") return value && "(left out)";
      return name === "data" && kind.startsWith("send ") ? (read(value) ?? value) : value;
    },
    2,
  );

/** Puts a text on the clipboard, by the old way where a page may not use the new one. Says whether it is there. */
export async function copy(text: string, holder: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    holder.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}
