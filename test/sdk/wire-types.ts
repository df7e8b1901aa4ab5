import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  isArrowFunction,
  isCallExpression,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
} from "typescript/unstable/ast/is";
import type { CallExpression, Node } from "typescript/unstable/ast";
import {
  API,
  SymbolFlags,
  type Checker,
  type Project,
  type Symbol,
  type Type,
} from "typescript/unstable/sync";
import type { ApiEndpoint } from "../../src/cli/api-description.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { TypePrinter } from "./type-printer.ts";

/** Schemas that a caller wants by name although the wire leaves them open: events are parsed one by one. */
const WANTED = [["ShopEvent", "src/core/event/event.ts"]] as const;
/** Types whose name the checker would forget. */
const KEPT = [["ProblemCode", "src/core/problem/problem.ts"]] as const;
/** What is read from storage as text, and what that text holds. */
const STORED: Readonly<Record<string, string>> = {
  getConfig: "Config",
  getStarters: "Readonly<Record<string, Config>>",
  deleteWebhook: "undefined",
};

const INSIGHT = "src/core/insight";
/** What an object says it answers when its stub can only say that it is an object. */
const WIDENED: Readonly<
  Record<
    string,
    { readonly join: "&" | "|"; readonly types: readonly (readonly [name: string, file: string])[] }
  >
> = {
  getSegments: { join: "&", types: [["SegmentSizes", `${INSIGHT}/segment-sizes.ts`]] },
  getEquity: { join: "&", types: [["Equity", `${INSIGHT}/equity.ts`]] },
  getInsight: {
    join: "|",
    types: [
      ["Cohorts", `${INSIGHT}/cohorts.ts`],
      ["Journeys", `${INSIGHT}/journeys.ts`],
      ["Sources", `${INSIGHT}/sources.ts`],
      ["Before", `${INSIGHT}/before.ts`],
      ["Prioritising", `${INSIGHT}/prioritising.ts`],
      ["ConsentShares", `${INSIGHT}/consent.ts`],
    ],
  },
};
const ANY_OBJECT = "Readonly<Record<string, unknown>>";

/** What the source says of one endpoint, as texts of types. */
type Told = { readonly body?: string; readonly answer: string };

/**
 * The bodies and answers of every endpoint, read by the type checker out of the functions that answer: no second description
 * that could part ways with the Worker.
 */
export function wireTypes(endpoints: readonly ApiEndpoint[]): string {
  const api = new API({ cwd: ROOT });
  try {
    const configFile = join(ROOT, "tsconfig.json");
    const snapshot = api.updateSnapshot({ openProjects: [configFile] });
    const project = snapshot.getProject(configFile)!;
    const taken = ownNames();
    const first = new Reader(project, new TypePrinter(project.checker, taken));
    first.write(endpoints);
    return new Reader(project, new TypePrinter(project.checker, taken, first.printer)).write(endpoints);
  } finally {
    api.close();
  }
}

/** What the client itself declares beside these types: all of it ends up in one file. */
function ownNames(): ReadonlySet<string> {
  const files = globSync(join(ROOT, "client/sdk/*.ts")).filter((file) => !file.endsWith("/wire.ts"));
  const texts = files.map((file) => readFileSync(file, "utf8"));
  const named = texts.flatMap((text) => [
    ...text.matchAll(/^(?:export )?(?:type|interface|class|const|function) (\w+)/gm),
  ]);
  return new Set(named.map(([, name]) => name!));
}

class Reader {
  readonly #project: Project;
  readonly #checker: Checker;
  readonly printer: TypePrinter;

  constructor(project: Project, printer: TypePrinter) {
    this.#project = project;
    this.#checker = project.checker;
    this.printer = printer;
  }

  write(endpoints: readonly ApiEndpoint[]): string {
    for (const [name, file] of KEPT)
      this.printer.declare(name, this.#checker.getDeclaredTypeOfSymbol(this.#exportOf(file, name)));
    for (const [name, file] of WANTED)
      this.printer.declare(name, this.#inputOf(this.#checker.getTypeOfSymbol(this.#exportOf(file, name))!)!);
    const requests = this.#requests();
    for (const request of requests.values())
      if (isIdentifier(request))
        this.printer.declare(request.text, this.#inputOf(this.#checker.getTypeAtLocation(request)!)!);
    const operations = endpoints.map((endpoint) => {
      const { method, path, summary, callers, query = {}, headers = {} } = endpoint;
      const { body, answer } = this.#told(
        endpoint,
        requests.get(`${method} ${path}`) ?? requests.get(endpoint.handler),
      );
      const names = [...path.matchAll(/:([^/]+)/g)].map(([, name]) => `readonly ${name}: string;`);
      const asked = (one: Readonly<Record<string, string>>) =>
        Object.entries(one).map(([name, doc]) => `/** ${doc} */\nreadonly ${quoted(name)}?: string;`);
      const roles =
        typeof callers === "string" ? `"${callers}"` : callers.map((role) => `"${role}"`).join(" | ");
      return `/** ${summary} */\n"${method} ${path}": {
readonly callers: ${roles};
readonly path: ${recordOf(names)};
readonly query: ${recordOf(asked(query))};
readonly headers: ${recordOf(asked(headers))};
readonly body: ${body ?? "undefined"};
readonly answer: ${answer};
};`;
    });
    return `${HEAD}
${this.printer.declarations().join("\n\n")}

/** Every operation of the Worker: who may call it, what it takes, what it answers. */
export interface Operations {
${operations.join("\n")}
}
`;
  }

  #told(endpoint: ApiEndpoint, request: Node | undefined): Told {
    const answered = Object.values(endpoint.answers).find(({ type }) => typeof type === "string")?.type;
    const body = request
      ? this.printer.print(this.#inputOf(this.#checker.getTypeAtLocation(request)!)!)
      : endpoint.accepts && "TextBody";
    const answer = answered && !answered.endsWith("json") ? "string" : this.#answerOf(endpoint.handler);
    return { ...(body ? { body } : {}), answer };
  }

  /** Shapes of bodies by operation, or by handler where one table entry makes several operations. */
  #requests(): Map<string, Node> {
    const found = new Map<string, Node>();
    const folder = join(ROOT, "src/routes/endpoints");
    for (const file of this.#project.program.getSourceFileNames().filter((name) => name.startsWith(folder)))
      walk(this.#project.program.getSourceFile(file)!, (node) => {
        if (!isObjectLiteralExpression(node)) return;
        const fields = new Map<string, Node>();
        for (const one of node.properties)
          if (isPropertyAssignment(one) && isIdentifier(one.name)) fields.set(one.name.text, one.initializer);
        const [path, method, request, handle] = ["path", "method", "request", "handle"].map((name) =>
          fields.get(name),
        );
        if (!path || !method || !request || !handle || !isStringLiteral(method)) return;
        if (isStringLiteral(path)) found.set(`${method.text} ${path.text}`, request);
        else if (isIdentifier(handle)) found.set(handle.text, request);
      });
    return found;
  }

  /** What a schema takes, which valibot keeps as a type beside it. */
  #inputOf(schema: Type): Type | undefined {
    const types = this.#property(schema, "~types");
    return types && this.#property(types, "input");
  }

  #property(type: Type, name: string): Type | undefined {
    const bare = this.#checker.getNonNullableType(type) ?? type;
    const symbol = this.#checker.getPropertyOfType(bare, name);
    return symbol && this.#checker.getTypeOfSymbol(symbol);
  }

  #exportOf(file: string, name: string): Symbol {
    const module = this.#checker.getSymbolAtLocation(this.#project.program.getSourceFile(join(ROOT, file))!)!;
    return this.#checker.getExportsOfModule(module).find((one) => one.name === name)!;
  }

  /** What a handler hands to `answer`, in itself or in the functions of the routes that it calls. */
  #answerOf(handler: string): string {
    const stored = STORED[handler];
    if (stored !== undefined) return stored;
    if (handler === "handle") return "Record<string, unknown>"; // The OpenAPI document itself.
    const declared = this.#handlers().get(handler);
    if (declared === undefined) throw new Error(`No function of the routes is named ${handler}.`);
    const answers: Type[] = [];
    const other: Type[] = [];
    const seen = new Set<Node>([declared]);
    const look = (body: Node) =>
      walk(body, (node) => {
        if (!isCallExpression(node)) return;
        const name = calleeOf(node);
        const told = node.arguments[0] && this.#checker.getTypeAtLocation(node.arguments[0]);
        const isAnswer = name === "answer" || name === "closingAnswer";
        if (told && ((isAnswer && isFine(node)) || name === "Response.json")) answers.push(told);
        else if (told && name === "JSON.stringify") other.push(told);
        for (const one of [node.expression, ...node.arguments]) {
          const called = isIdentifier(one) && this.#functionOf(one);
          if (!called || seen.has(called)) continue;
          seen.add(called);
          look(called);
        }
      });
    look(declared);
    const types = this.#widest(answers.length > 0 ? answers : other);
    const texts = new Set(types.map((type) => this.printer.print(type, `${handler}Answer`)));
    const widened = WIDENED[handler];
    if (widened === undefined) return texts.size === 0 ? "unknown" : [...texts].join(" | ");
    const known = [...texts].filter((text) => text !== ANY_OBJECT);
    const named = widened.types.map(([name, file]) =>
      this.printer.print(this.#checker.getDeclaredTypeOfSymbol(this.#exportOf(file, name))),
    );
    return [...known.map((text) => (widened.join === "&" ? `(${text})` : text)), ...named].join(
      ` ${widened.join} `,
    );
  }

  /** Types without those that another one covers: an answer of fewer fields, say. */
  #widest(types: readonly Type[]): Type[] {
    const covers = (wide: Type, one: Type) => this.#checker.isTypeAssignableTo(one, wide);
    return types.filter(
      (one, at) =>
        !types.some((wide, other) => other !== at && covers(wide, one) && (!covers(one, wide) || other < at)),
    );
  }

  /** The function that a name of the routes stands for; what every route shares tells nothing of an answer. */
  #functionOf(name: Node): Node | undefined {
    const symbol = this.#checker.getSymbolAtLocation(name);
    if (symbol === undefined) return undefined;
    const target = symbol.flags & SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const [declared] = target.declarations;
    if (!declared?.path.includes("/src/routes/") || declared.path.endsWith("/route.ts")) return undefined;
    return bodyOf(declared.resolve());
  }

  #known: Map<string, Node> | undefined;
  /** Every exported function of the routes by its name. */
  #handlers(): Map<string, Node> {
    if (this.#known) return this.#known;
    const known = (this.#known = new Map<string, Node>());
    const folder = join(ROOT, "src/routes/");
    for (const file of this.#project.program.getSourceFileNames().filter((name) => name.startsWith(folder))) {
      const module = this.#checker.getSymbolAtLocation(this.#project.program.getSourceFile(file)!);
      for (const { name, declarations } of module ? this.#checker.getExportsOfModule(module) : []) {
        const body = bodyOf(declarations[0]?.resolve());
        if (body) known.set(name, body);
      }
    }
    return known;
  }
}

function bodyOf(declared: Node | undefined): Node | undefined {
  const { body, initializer } = (declared ?? {}) as { readonly body?: Node; readonly initializer?: Node };
  return body ?? (initializer && isArrowFunction(initializer) ? initializer.body : undefined);
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

function calleeOf({ expression }: CallExpression): string {
  if (isIdentifier(expression)) return expression.text;
  if (isPropertyAccessExpression(expression) && isIdentifier(expression.expression))
    return `${expression.expression.text}.${expression.name.text}`;
  return "";
}

/** Whether an answer is not one of those that tell a refusal in another protocol's words. */
function isFine({ arguments: [, , status] }: CallExpression): boolean {
  return (
    status === undefined ||
    (isNumericLiteral(status) ? Number(status.text) < 400 : false) ||
    !isCallExpression(status)
  );
}

const quoted = (name: string): string => (/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name));
const recordOf = (fields: readonly string[]): string =>
  fields.length === 0 ? "NoParameters" : `{ ${fields.join("\n")} }`;

const HEAD = `// Written by test/sdk/write-wire.ts from the Worker's own source. Not to be edited.

/** A body that is no JSON value of ours: a file's text, or bytes. */
export type TextBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

export type NoParameters = Readonly<Record<never, never>>;
`;
