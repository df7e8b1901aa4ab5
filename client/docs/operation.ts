import type { Api, Endpoint, OperationObject } from "./api.ts";
import { curlOf, METHODS, sdkOf } from "./calls.ts";
import { fieldsOf, type Field } from "./fields.ts";
import { html, sentence, type Markup } from "./html.ts";
import { callersOf } from "./sections.ts";
import { typed } from "./types.ts";
import { docsOf, type WireText } from "./wire-text.ts";

export const operationOf = ({ document }: Api, { method, path }: Endpoint): OperationObject =>
  document.paths[path.replaceAll(/:([^/]+)/g, "{$1}")]![method.toLowerCase()]!;

/** One operation: what it is for, who may call it, what it takes, what it answers, and an example. */
export function operationArticle(api: Api, endpoint: Endpoint, wire: WireText): Markup {
  const { method, path, summary } = endpoint;
  const operation = operationOf(api, endpoint);
  const id = operation.operationId;
  const name = `${method} ${path}`;
  const sdk = sdkOf(endpoint);
  return html`
<article id="${id}" aria-labelledby="${id}-name" data-words="${`${method} ${path} ${METHODS.get(name) ?? ""} ${summary} ${callersOf(endpoint).join(" ")}`.toLowerCase()}">
<h3 id="${id}-name"><a href="#${id}"><span class="method ${method.toLowerCase()}">${method}</span> <span class="path">${shown(path)}</span></a></h3>
<p class="summary">${sentence(summary)}</p>
<p class="callers"><span>Callers</span> ${callersOf(endpoint).map((one) => html`<span class="caller">${one}</span> `)}</p>
<div class="halves">
<div>
${parameters(operation)}
${body(api, operation, endpoint, wire)}
${answers(operation, wire.answers.get(name))}
${refusals(operation)}
</div>
<div class="calls">
${example("curl", `${id}-curl`, curlOf(endpoint))}
${sdk && example("TypeScript", `${id}-sdk`, sdk)}
</div>
</div>
</article>`;
}

/** A path may break where a shopper's screen is narrow. */
export const shown = (path: string): Markup[] => path.split(/(?=\/)/).map((part) => html`${part}<wbr>`);

const example = (title: string, id: string, code: string): Markup =>
  html`<figure><figcaption>${title}<button type="button" data-copy="${id}" hidden>Copy<span class="unseen"> the ${title} example</span></button></figcaption><pre id="${id}" tabindex="0"><code>${code}</code></pre></figure>`;

const PLACES: Readonly<Record<string, string>> = { path: "in the path", query: "in the query", header: "as a header" };

function parameters({ parameters: all }: OperationObject): Markup | undefined {
  if (all.length === 0) return undefined;
  return html`<h4>Parameters</h4><dl class="fields">${all.map(
    (one) =>
      html`<dt><code>${one.name}</code> <span>${PLACES[one.in]}${one.required && ", required"}</span></dt><dd>${sentence(one.description)}</dd>`,
  )}</dl>`;
}

function body({ document }: Api, { requestBody }: OperationObject, endpoint: Endpoint, wire: WireText): Markup | undefined {
  if (!requestBody) return undefined;
  const [[type, { schema }]] = Object.entries(requestBody.content) as [[string, { schema: Field & Readonly<Record<string, unknown>> }]];
  const files = endpoint.accepts ?? [];
  const rows = fieldsOf(schema as never, document.components.schemas);
  if (rows.length === 0)
    return html`<h4>Body</h4><p>${type === "application/json" && files.length < 2 ? "A JSON object." : html`A file: ${list(files)}.`}</p>`;
  const name = wire.bodies.get(`${endpoint.method} ${endpoint.path}`) ?? "";
  const docs = docsOf(name, wire);
  const table = html`<dl class="fields">${rows.map(
    (row) =>
      html`<dt data-depth="${row.depth}"><code>${row.name}</code> <span>${row.type}${row.isRequired && ", required"}</span></dt><dd data-depth="${row.depth}">${sentence(docs.get(row.path) ?? "")}${row.limits && html` <small>${row.limits}</small>`}</dd>`,
  )}</dl>`;
  const heading = html`<h4>Body${wire.types.has(name) && html` <a class="type" href="types.html#${name}">${name}</a>`}</h4>`;
  return rows.length <= 14
    ? html`${heading}${table}`
    : html`${heading}<details><summary>${rows.length} fields</summary>${table}</details>`;
}

const list = (types: readonly string[]): Markup[] => types.map((one, at) => html`${at > 0 && ", "}<code>${one}</code>`);

function answers({ responses }: OperationObject, type: string | undefined): Markup {
  const fine = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return html`<h4>Answers</h4><dl class="fields">${fine.map(
    ([status, { description, content }]) =>
      html`<dt><code>${status}</code> <span>${Object.keys(content ?? {}).join(", ")}</span></dt><dd>${sentence(description)}</dd>`,
  )}</dl>${type !== undefined && type !== "unknown" && type !== "undefined" && type !== "string" && html`<details><summary>The answer's fields</summary><pre class="types" tabindex="0"><code>${typed(type)}</code></pre></details>`}`;
}

function refusals({ responses }: OperationObject): Markup {
  const codes = Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { description }]) =>
      [...description.matchAll(/`(\w+)`: /g)].map(([, code]) => ({ status, code: code! })),
    );
  return html`<h4>Refusals</h4><ul class="codes">${codes.map(({ status, code }) => html`<li><a href="errors.html#${code}">${code}</a> <span>${status}</span></li>`)}</ul>`;
}
