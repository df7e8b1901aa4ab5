import { describe, expect, test } from "vitest";
import { PROBLEMS } from "../../src/core/problem/problem.ts";
import worker from "../../src/worker.ts";
import { TABLE } from "../../src/routes/table.ts";
import { OPERATOR_KEY, sendDeclared } from "./declared.ts";
import { openShop, send } from "./shop.ts";

type Json = Record<string, unknown>;
type Operation = {
  operationId: string;
  summary: string;
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required?: boolean; schema: Json; description: string }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
};
type Document = {
  openapi: string;
  info: Json;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
};

const read = async () => (await sendDeclared("/openapi.json")).body as unknown as Document;
const operations = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every `$ref` anywhere in a value. */
function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === "$ref" && typeof one === "string" ? [one] : refsIn(one),
  );
}

describe("GET /openapi.json", () => {
  test("tells every route that answers, and no other", async () => {
    const told = operations(await read()).map(({ path, method }) => `${method} ${path}`);
    const registered = worker.routes.map(
      ({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:([^/]+)/g, "{$1}")}`,
    );
    expect(registered.length).toBeGreaterThan(30);
    expect(told.toSorted()).toEqual([...new Set(registered)].toSorted());
    expect(TABLE).toHaveLength(registered.length);
  });

  test("has the shape of OpenAPI 3.1: ids, parameters, answers, schemes", async () => {
    const document = await read();
    expect(document.openapi).toBe("3.1.0");
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const all = operations(document);
    expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
    const { securitySchemes } = document.components;
    for (const { path, method, operation } of all) {
      const place = `${method} ${path}`;
      expect(["get", "post", "put", "delete"], place).toContain(method);
      expect(operation.summary, place).toMatch(/\.$/);
      const inPath = operation.parameters.filter((one) => one.in === "path");
      expect(
        inPath.map((one) => one.name),
        place,
      ).toEqual([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name));
      for (const parameter of operation.parameters) {
        expect(["path", "query", "header"], place).toContain(parameter.in);
        expect([parameter.description, parameter.schema["type"]], place).toEqual([
          expect.any(String),
          "string",
        ]);
      }
      for (const one of inPath) expect(one.required, place).toBe(true);
      for (const scheme of operation.security.flatMap((one) => Object.keys(one)))
        expect(Object.keys(securitySchemes), place).toContain(scheme);
      if (operation.requestBody) expect(method, place).not.toBe("get");
      expect(Object.keys(operation.responses).length, place).toBeGreaterThan(1);
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        expect(Number(status), place).toSatisfy((n: number) => n >= 200 && n < 600);
        expect(description.length, `${place} ${status}`).toBeGreaterThan(2);
        const isForeign = TABLE.find(
          (one) => one.path.replaceAll(/:([^/]+)/g, "{$1}") === path && one.method.toLowerCase() === method,
        )!.foreign?.includes(Number(status));
        if (Number(status) >= 400)
          expect(Object.keys(content!), place).toEqual([
            isForeign ? "application/json" : "application/problem+json",
          ]);
      }
    }
  });

  test("every reference leads somewhere, and no schema refers to a document of its own", async () => {
    const document = await read();
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) {
      const found = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((node, step) => (node as Json | undefined)?.[step], document);
      expect(found, ref).toBeTypeOf("object");
    }
    for (const schema of Object.values(document.components.schemas))
      expect(schema).not.toHaveProperty("$schema");
  });

  test("the schema of a problem lists every code, and real refusals have its shape", async () => {
    const { components } = await read();
    const problem = components.schemas["Problem"] as {
      required: string[];
      properties: Record<string, { enum?: string[] }>;
    };
    expect(problem.properties["code"]!.enum).toEqual(Object.keys(PROBLEMS));
    const { body } = await sendDeclared("/v1/config");
    for (const field of problem.required) expect(body, field).toHaveProperty(field);
    for (const field of Object.keys(body)) expect(problem.properties, field).toHaveProperty(field);
  });

  test("requests are told as they are parsed: a field that is asked for, one that is not known", async () => {
    const { components, paths } = await read();
    const { schema } = paths["/v1/decide"]!["post"]!.requestBody!.content["application/json"]!;
    expect(schema).toEqual({ $ref: "#/components/schemas/PostDecideRequest" });
    expect(components.schemas["PostDecideRequest"]).toMatchObject({
      required: ["slots"],
      additionalProperties: false,
    });
    const roles = paths["/v1/config"]!["put"]!.security;
    expect(roles).toEqual([{ personKey: ["owner"] }, { personKey: ["marketer"] }]);
  });
});

describe("addresses that nothing answers", () => {
  test("405 tells the methods, also under a parameter; 404 for the rest; OPTIONS lets no origin in", async () => {
    const wrong = await send("/v1/experiments/x", { method: "DELETE" });
    expect([wrong.status, wrong.body["code"]]).toEqual([405, "method_not_allowed"]);
    expect(wrong.headers.get("allow")).toBe("GET, OPTIONS");
    expect((await send("/v1/nowhere")).body).toMatchObject({ status: 404, code: "route_unknown" });
    const options = await send("/v1/config", { method: "OPTIONS", origin: "https://evil.example" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, PUT, OPTIONS"]);
    expect(options.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("JSON of the wrong kind", () => {
  const BODIES = [
    "null",
    "0",
    "true",
    '""',
    "[]",
    "[null]",
    '{"batch":[null,1,"x",[]],"context":"x"}',
    '{"events":[null],"slots":[null],"items":[null]}',
    '{"kind":null,"alg":[],"origins":{},"revision":"1","config":null,"graceHours":{},"label":7}',
  ];

  test("is a 4xx at every endpoint that takes JSON, and nothing is taken from it", async () => {
    const shop = await openShop([]);
    const before = await send("/v1/keys", { key: shop.keys.adminKey });
    const taking = TABLE.filter((endpoint) => endpoint.request !== undefined);
    expect(taking.length).toBeGreaterThan(15);
    for (const { method, path, callers } of taking) {
      const isPage = typeof callers === "object" && callers.includes("server");
      const key = callers === "operator" ? OPERATOR_KEY : isPage ? shop.keys.serverKey : shop.keys.adminKey;
      for (const body of BODIES) {
        const reply = await sendDeclared(path.replaceAll(/:[^/]+/g, "none"), {
          method,
          key,
          body,
          headers: { "if-match": '"1"' },
        });
        expect(reply.status, `${method} ${path} ${body}`).toBeLessThan(500);
        expect(JSON.stringify(reply.body), `${method} ${path} ${body}`).not.toContain('"accepted"');
        if (!isPage) expect(reply.status, `${method} ${path} ${body}`).toBeGreaterThanOrEqual(400);
      }
    }
    const after = await send("/v1/keys", { key: shop.keys.adminKey });
    const names = ({ body }: typeof after) => (body["keys"] as { id: string }[]).map((one) => one.id);
    expect(names(after)).toEqual(names(before));
    expect((await send("/v1/config", { key: shop.keys.adminKey })).headers.get("etag")).toBe('"1"');
  });
});
