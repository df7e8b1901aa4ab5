import { expect } from "vitest";
import { statusesOf } from "../../src/http/openapi.ts";
import { TABLE, type Endpoint } from "../../src/routes/table.ts";
import { send, type Reply } from "./shop.ts";

export const OPERATOR_KEY = "op_the-operator-of-the-tests";

/** The endpoint that answers a path: one without parameters comes first, as in the router. */
export function endpointOf(method: string, path: string): Endpoint | undefined {
  const { pathname } = new URL(path, "https://api.example");
  return TABLE.filter((one) => one.method === method).find((one) =>
    new RegExp(`^${one.path.replaceAll(/:[^/]+/g, "[^/]+")}$`).test(pathname),
  );
}

/** One exchange, whose status has to be one of those that the description of the endpoint declares. */
export async function sendDeclared(path: string, sent: Parameters<typeof send>[1] = {}): Promise<Reply> {
  const reply = await send(path, sent);
  const method = sent.method ?? (sent.body === undefined ? "GET" : "POST");
  const endpoint = endpointOf(method, path);
  expect(endpoint, `${method} ${path} is in the table`).toBeDefined();
  expect([...statusesOf(endpoint!)], `${method} ${path} declares ${reply.status}`).toContain(reply.status);
  return reply;
}
