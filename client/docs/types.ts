import { escapeText, html, type Markup } from "./html.ts";

const KNOWN = /^(Readonly|Record|Promise|Uint8Array|ArrayBuffer|Blob|ReadableStream)$/;

/** A type's text, with its names as links and its comments dimmed. */
export function typed(text: string): Markup {
  const markup = escapeText(text)
    .split(/(\/\*\*[^]*?\*\/|&quot;[^&]*&quot;)/)
    .map((part) => {
      if (part.startsWith("/**")) return `<i>${part}</i>`;
      if (part.startsWith("&quot;")) return `<b>${part}</b>`;
      return part.replaceAll(/\b[A-Z]\w+\b/g, (name) =>
        KNOWN.test(name) ? name : `<a href="types.html#${name}">${name}</a>`,
      );
    })
    .join("");
  return { markup };
}

/** Every type that has a name, on one page. */
export const typesPage = (types: ReadonlyMap<string, string>): { readonly nav: Markup; readonly main: Markup } => ({
  nav: html`<ul>${[...types.keys()].map((name) => html`<li data-for="${name}"><a href="#${name}">${name}</a></li>`)}</ul>`,
  main: html`<h1>Types</h1>
<p class="lead">What bodies and answers are made of, in TypeScript's words, as the <a href="../sdk/concierge-sdk.d.mts">typed client</a> has them. They are read out of the Worker's own source.</p>
<section>${[...types].map(
    ([name, text]) =>
      html`<article id="${name}" class="type" aria-labelledby="${name}-name" data-words="${`${name} ${text.replaceAll(/\W+/g, " ")}`.toLowerCase()}"><h2 id="${name}-name"><a href="#${name}">${name}</a></h2><pre class="types" tabindex="0"><code>${typed(text)}</code></pre></article>`,
  )}</section>`,
});
