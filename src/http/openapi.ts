import { PROBLEMS, type ProblemCode } from "../core/problem/problem.ts";
import { jsonSchemaOf } from "../core/wire/json-schema.ts";
import type { Callers } from "./access.ts";
import { statusOf } from "./problem.ts";

type Schema = Parameters<typeof jsonSchemaOf>[0];
type Json = Record<string, unknown>;

/** What one status of an answer means, and what its body is. */
export type Answer = {
  readonly description: string;
  readonly schema?: Schema;
  /** Media type of the body; JSON unless said. `null`: no body. */
  readonly type?: string | null;
};

/** Everything of an endpoint that can be told: the table adds only who does the work. */
export type Described = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Hono's notation. @example "/v1/keys/:id" */
  readonly path: string;
  /** One sentence: what it is for. */
  readonly summary: string;
  readonly callers: Callers;
  /** Shape of the JSON body. */
  readonly request?: Schema;
  /** Media types of a body that is not JSON. */
  readonly accepts?: readonly string[];
  /** Parameters of the path, the query and the headers, with what each means. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals of its own; those that any door and any body may give are added. */
  readonly problems: readonly ProblemCode[];
  /** Statuses that another protocol's own JSON tells, with our code in it, instead of a problem. */
  readonly foreign?: readonly number[];
};

/** Refusals that an endpoint may give: its own, those of its door, those of reading a body, and our own faults. */
export function problemsOf({ callers, request, accepts, problems }: Described): ProblemCode[] {
  const takesText = request !== undefined || accepts !== undefined;
  return [
    ...new Set<ProblemCode>([
      ...problems,
      ...(callers === "public" ? [] : DOOR),
      ...(typeof callers === "object" ? KEYED : []),
      ...(typeof callers === "object" && callers.includes("page") ? PAGE : []),
      ...(takesText ? TEXT : []),
      ...(request === undefined ? [] : JSON_BODY),
      ...FAULTS,
    ]),
  ];
}
const DOOR = ["not_configured", "key_missing", "key_unknown"] as const;
const KEYED = ["site_unknown", "key_not_allowed"] as const;
const PAGE = ["origin_not_allowed", "budget_spent"] as const;
const TEXT = ["body_too_large", "body_not_text", "body_stalled"] as const;
const JSON_BODY = ["body_not_json", "body_too_deep", "body_hostile", "body_invalid"] as const;
const FAULTS = ["internal", "overloaded", "storage_full", "store_newer"] as const;

/** Every status that an endpoint may answer with. */
export const statusesOf = (endpoint: Described): Set<number> =>
  new Set([
    ...Object.keys(endpoint.answers).map(Number),
    ...problemsOf(endpoint).map((code) => statusOf(code)),
  ]);

/** The endpoints as an OpenAPI 3.1 document. */
export function describeAll(table: readonly Described[]): Json {
  const kept: Kept = { schemas: { Problem: PROBLEM }, names: new Map() };
  const paths: Record<string, Json> = {};
  for (const endpoint of table) {
    const path = endpoint.path.replaceAll(/:([^/]+)/g, "{$1}");
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = describe(endpoint, kept);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Concierge",
      version: "1",
      description:
        "An open personalization runtime for shops. The site comes from the key, and from nowhere else.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: kept.schemas, securitySchemes: SECURITY },
  };
}

/** @example operationIdOf({ method: "POST", path: "/v1/keys/:id/rotate" }) // "postKeysByIdRotate" */
export function operationIdOf({ method, path }: Pick<Described, "method" | "path">): string {
  const words = path
    .replace(/^\/v1/, "")
    .replaceAll(/:([^/]+)/g, "by-$1")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

function describe(endpoint: Described, kept: Kept): Json {
  const { summary, request, accepts, callers } = endpoint;
  const id = operationIdOf(endpoint);
  const name = id[0]!.toUpperCase() + id.slice(1);
  const media = request
    ? { "application/json": { schema: keep(`${name}Request`, request, kept) } }
    : Object.fromEntries((accepts ?? []).map((type) => [type, { schema: { type: "string" } }]));
  return {
    operationId: id,
    summary,
    security: securityOf(callers),
    parameters: parametersOf(endpoint),
    ...(Object.keys(media).length > 0 ? { requestBody: { required: true, content: media } } : {}),
    responses: responsesOf(endpoint, name, kept),
  };
}

/** Components being written, and under which name each schema is among them already. */
type Kept = { readonly schemas: Json; readonly names: Map<Schema, string> };

/** Puts a schema among the components, once, its definitions beside it, and answers with a reference. */
function keep(name: string, schema: Schema, { schemas, names }: Kept): Json {
  const known = names.get(schema);
  if (known !== undefined) return { $ref: `#/components/schemas/${known}` };
  names.set(schema, name);
  const text = JSON.stringify(jsonSchemaOf(schema));
  const { $defs, ...rest } = JSON.parse(
    text.replaceAll(/"#\/\$defs\/([^"]+)"/g, `"#/components/schemas/${name}_$1"`),
  ) as Json;
  for (const [part, definition] of Object.entries(($defs ?? {}) as Json))
    schemas[`${name}_${part}`] = definition;
  schemas[name] = rest;
  return { $ref: `#/components/schemas/${name}` };
}

function parametersOf({ path, params, query, headers }: Described): Json[] {
  const inPath = [...path.matchAll(/:([^/]+)/g)].map(([, name]) => name!);
  const text = { type: "string" };
  return [
    ...inPath.map((name) => ({
      name,
      in: "path",
      required: true,
      description: params?.[name] ?? "An id, as lists give it.",
      schema: text,
    })),
    ...Object.entries(query ?? {}).map(([name, description]) => ({
      name,
      in: "query",
      description,
      schema: text,
    })),
    ...Object.entries(headers ?? {}).map(([name, description]) => ({
      name,
      in: "header",
      description,
      schema: text,
    })),
  ];
}

function responsesOf(endpoint: Described, name: string, kept: Kept): Json {
  const responses: Json = {};
  for (const [status, { description, schema, type }] of Object.entries(endpoint.answers)) {
    const body = schema ? keep(`${name}Answer${status}`, schema, kept) : {};
    responses[status] = {
      description,
      ...(type === null ? {} : { content: { [type ?? "application/json"]: { schema: body } } }),
    };
  }
  const byStatus = Map.groupBy(problemsOf(endpoint), (code) => statusOf(code));
  for (const [status, codes] of byStatus) {
    const description = codes.map((code) => `\`${code}\`: ${PROBLEMS[code]}.`).join(" ");
    if (endpoint.foreign?.includes(status)) {
      const schema = { type: "object", properties: { code: { enum: codes } } };
      responses[status] = { description, content: { "application/json": { schema } } };
      continue;
    }
    responses[status] = {
      description,
      content: {
        "application/problem+json": {
          schema: {
            allOf: [
              { $ref: "#/components/schemas/Problem" },
              { properties: { code: { enum: codes }, status: { const: status } } },
            ],
          },
        },
      },
    };
  }
  return responses;
}

/** One alternative per role: any of them is enough. */
function securityOf(callers: Callers): Json[] {
  if (callers === "public") return [];
  if (callers === "operator") return [{ operatorKey: [] }];
  return callers.map((role) =>
    role === "page" ? { pageKey: [] } : role === "server" ? { serverKey: [] } : { personKey: [role] },
  );
}

const SECURITY = {
  pageKey: {
    type: "http",
    scheme: "bearer",
    description:
      "`pk_…`: public, for pages of the site's own origins. Pages send it as `key` in the body instead, so that nothing is preflighted.",
  },
  serverKey: {
    type: "http",
    scheme: "bearer",
    description: "`sk_…`: the shop's server. HTTP Basic with the key as user name works too.",
  },
  personKey: {
    type: "http",
    scheme: "bearer",
    description: "`ak_…`: a person, with a role: owner, marketer, analyst or associate.",
  },
  operatorKey: { type: "http", scheme: "bearer", description: "The deployment's OPERATOR_KEY." },
} as const;

const PROBLEM = {
  type: "object",
  description: "RFC 9457, with a stable code. `type` leads to a page with the cause and the cure.",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer", minimum: 400, maximum: 599 },
    code: { type: "string", enum: Object.keys(PROBLEMS) },
    detail: { type: "string" },
    pointer: { type: "string", description: "RFC 6901, into the body." },
    shape: { type: "string", description: "Kind and size of what stood there, never its content." },
    cure: { type: "string" },
  },
} as const;
