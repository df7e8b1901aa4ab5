import { escapeText, html, type Markup } from "./html.ts";

/** A page in the few forms of Markdown that the pages about refusals use: headings, paragraphs, lists, tables, fenced code. */
export function markdown(text: string): Markup {
  const blocks = text.trim().split(/\n{2,}(?=(?:[^`]|`(?!``)|```[^]*?```)*$)/);
  return html`${blocks.map(block)}`;
}

function block(text: string): Markup {
  const fence = /^```\w*\n([^]*?)\n?```$/.exec(text);
  if (fence) return html`<pre tabindex="0"><code>${fence[1]!}</code></pre>`;
  const heading = /^(#+) (.*)$/.exec(text);
  // One level down each: the page has a title of its own.
  if (heading) return { markup: `<h${heading[1]!.length + 1}>${inline(heading[2]!)}</h${heading[1]!.length + 1}>` };
  const lines = text.split("\n");
  if (lines.every((line) => line.startsWith("|"))) return table(lines);
  if (lines[0]!.startsWith("- "))
    return { markup: `<ul>${text.split(/\n(?=- )/).map((item) => `<li>${inline(item.slice(2))}</li>`).join("")}</ul>` };
  return { markup: `<p>${inline(text)}</p>` };
}

function table([head, , ...rows]: readonly string[]): Markup {
  const cells = (line: string) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => inline(cell.trim()));
  const row = (line: string, tag: string) => `<tr>${cells(line).map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return { markup: `<div class="scrolls" tabindex="0"><table><thead>${row(head!, "th")}</thead><tbody>${rows.map((line) => row(line, "td")).join("")}</tbody></table></div>` };
}

function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith("`")
        ? `<code>${escapeText(part.slice(1, -1))}</code>`
        : escapeText(part)
            .replaceAll(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
            // Links lead to files of the repository, which are not here; what they are called is enough.
            .replaceAll(/\[([^\]]+)\]\((?:[^)]*)\)/g, "$1"),
    )
    .join("");
}
