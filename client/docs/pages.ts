import type { Api } from "./api.ts";
import { frame, type PageName } from "./frame.ts";
import { html, sentence, type Markup } from "./html.ts";
import { markdown } from "./markdown.ts";
import { operationArticle, operationOf, shown } from "./operation.ts";
import { SECTIONS, sectionOf } from "./sections.ts";
import { typesPage } from "./types.ts";
import { readWire, type WireText } from "./wire-text.ts";

/** What the reference is written from. */
export type Sources = {
  readonly api: Api;
  /** The client's types: `client/sdk/wire.ts`. */
  readonly wire: string;
  /** Pages about refusals, by code. */
  readonly errors: Readonly<Record<string, string>>;
};

/**
 * The reference, as pages that need no script to be read. We write them ourselves: of OpenAPI we use a dozen words, and the
 * libraries that know all of it evaluate strings, bring fonts from elsewhere, or weigh more than the Worker.
 */
export function renderDocs({ api, wire: text, errors }: Sources): Readonly<Record<PageName, string>> {
  const wire = readWire(text);
  return {
    "index.html": frame("index.html", { title: "Operations", hint: "decide, customers, ak_…", ...operations(api, wire) }),
    "types.html": frame("types.html", { title: "Types", hint: "SlotAnswer, revenue", ...typesPage(wire.types) }),
    "errors.html": frame("errors.html", { title: "Refusals", hint: "key_unknown, 429", ...errorsPage(errors) }),
  };
}

function operations(api: Api, wire: WireText): { readonly nav: Markup; readonly main: Markup } {
  const sections = SECTIONS.map((section) => ({
    ...section,
    endpoints: api.endpoints.filter((one) => sectionOf(one) === section.id),
  }));
  return {
    nav: html`${sections.map(
      ({ id, title, endpoints }) =>
        html`<div data-group><h2><a href="#${id}">${title}</a></h2><ul>${endpoints.map((one) => {
          const { operationId } = operationOf(api, one);
          return html`<li data-for="${operationId}"><a href="#${operationId}"><span class="method ${one.method.toLowerCase()}">${one.method}</span> <span>${shown(one.path.replace(/^\/v1/, ""))}</span></a></li>`;
        })}</ul></div>`,
    )}`,
    main: html`<h1>Every operation</h1>
<p class="lead">${sentence("Requests and answers are JSON unless said otherwise. The site comes from the key and from nowhere else. A refusal is `application/problem+json` with a stable `code`, the place in the body, and the cure.")}</p>
<p class="links"><a href="../openapi.json">OpenAPI 3.1</a> <a href="../sdk/concierge-sdk.mjs">Typed client</a> <a href="errors.html">All refusals</a></p>
${sections.map(
      ({ id, title, text, endpoints }) =>
        html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><p>${sentence(text)}</p>${endpoints.map((one) => operationArticle(api, one, wire))}</section>`,
    )}`,
  };
}

function errorsPage(errors: Readonly<Record<string, string>>): { readonly nav: Markup; readonly main: Markup } {
  const codes = Object.keys(errors).toSorted();
  return {
    nav: html`<ul>${codes.map((code) => html`<li data-for="${code}"><a href="#${code}">${code}</a></li>`)}</ul>`,
    main: html`<h1>Refusals</h1>
<p class="lead">Every way in which a request can be refused: stable codes, what usually causes them, and what to do.</p>
<section>${codes.map(
      (code) =>
        html`<article id="${code}" class="error" data-words="${`${code} ${errors[code]!.replaceAll(/\W+/g, " ")}`.toLowerCase()}">${markdown(errors[code]!)}</article>`,
    )}</section>`,
  };
}
