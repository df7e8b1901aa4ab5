import { html, type Markup } from "./html.ts";

const PAGES = [
  ["index.html", "Operations"],
  ["types.html", "Types"],
  ["errors.html", "Refusals"],
] as const;
export type PageName = (typeof PAGES)[number][0];

/** What every page of the reference has around its own content. */
export function frame(
  name: PageName,
  { title, nav, main, hint }: { readonly title: string; readonly nav: Markup; readonly main: Markup; readonly hint: string },
): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Concierge API</title>
<link rel="icon" href="../console/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
<script type="module" src="docs.js"></script>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<a class="brand" href="./">Concierge <span>API</span></a>
<nav aria-label="Pages">${PAGES.map(
    ([file, word]) =>
      html`<a href="${file === "index.html" ? "./" : file}"${file === name ? html` aria-current="page"` : ""}>${word}</a>`,
  )}</nav>
<button type="button" class="theme" data-theme-button hidden>Light or dark</button>
</header>
<div class="columns">
<aside>
<search class="search" hidden><label for="search">Search</label><input id="search" type="search" placeholder="${hint}" autocomplete="off" spellcheck="false" aria-describedby="found"><p id="found" role="status"></p></search>
<details class="contents" open><summary>Contents</summary><nav aria-label="Contents">${nav}</nav></details>
</aside>
<main id="main" tabindex="-1">${main}</main>
</div>
</body>
</html>
`;
  return page.markup;
}
