import type { CallOptions } from "./send.ts";
import type { Table } from "./ndjson.ts";
import type { Operations, TextBody } from "./wire.ts";

/** An operation by its method and path. @example "GET /v1/customers/:id" */
export type OperationName = keyof Operations;

/** How an operation's answer is read. */
export type Form = "json" | "versioned" | "file";

/** An operation of the client: which one, how it is answered, and whether it may be sent again. */
export type Operation<Name extends OperationName = OperationName, As extends Form = Form> = {
  readonly name: Name;
  readonly form: As;
  readonly isRepeatable: boolean;
};

/** An answer with the version it has, so that a change can say on which it is based. Without a value: it is the one at hand. */
export type Versioned<Value> = { readonly value: Value | undefined; readonly etag: string };

/** A query is text on the wire: numbers and yes or no are written as such, objects as JSON. */
type QueryOf<Query> = { readonly [Name in keyof Query]?: string | number | boolean | object };

type Header = { readonly "If-Match": "ifMatch"; readonly "If-None-Match": "ifNoneMatch" };
type HeadersOf<Headers> = {
  readonly [Name in keyof Headers as Name extends keyof Header ? Header[Name] : never]?: string;
};

/** Bodies that are files: text or bytes with their type, or rows that are sent as JSON. */
type BodyOf<Body> = [Body] extends [TextBody] ? TextBody | readonly object[] : Body;
type TypeOf<Body> = [Body] extends [TextBody]
  ? {
      /** Media type of the body. JSON lines for a stream, JSON for rows, unless said. */ readonly type?: string;
    }
  : unknown;

/** All that a call says besides its body. */
export type Input<Name extends OperationName> = Operations[Name]["path"] &
  QueryOf<Operations[Name]["query"]> &
  HeadersOf<Operations[Name]["headers"]> &
  ([Operations[Name]["body"]] extends [undefined] ? unknown : TypeOf<Operations[Name]["body"]>) &
  CallOptions;

type AnswerOf<Name extends OperationName, As extends Form> = As extends "file"
  ? Table
  : As extends "versioned"
    ? Versioned<Operations[Name]["answer"]>
    : Operations[Name]["answer"];

type Rest<Said> = Record<never, never> extends Said ? [input?: Said] : [input: Said];

/** An operation as a method: the body first, if it takes one, then everything else. */
export type Method<Name extends OperationName, As extends Form> = [Operations[Name]["body"]] extends [
  undefined,
]
  ? (...said: Rest<Input<Name>>) => Promise<AnswerOf<Name, As>>
  : (body: BodyOf<Operations[Name]["body"]>, ...said: Rest<Input<Name>>) => Promise<AnswerOf<Name, As>>;

/** What may be sent again without doing more: everything but a POST, unless it is said otherwise. */
export const json = <Name extends OperationName>(name: Name): Operation<Name, "json"> => ({
  name,
  form: "json",
  isRepeatable: !name.startsWith("POST"),
});

/** A POST that asks, or that says what it already may have said under the same id. */
export const again = <Name extends OperationName>(name: Name): Operation<Name, "json"> => ({
  name,
  form: "json",
  isRepeatable: true,
});

/** A change on the condition that nobody else made one: sent again, it would meet its own. */
export const conditional = <Name extends OperationName>(name: Name): Operation<Name, "json"> => ({
  name,
  form: "json",
  isRepeatable: false,
});

export const versioned = <Name extends OperationName>(name: Name): Operation<Name, "versioned"> => ({
  name,
  form: "versioned",
  isRepeatable: true,
});

/** A file. Its beginning may be asked for again; a POST tells what it told only once. */
export const file = <Name extends OperationName>(name: Name): Operation<Name, "file"> => ({
  name,
  form: "file",
  isRepeatable: !name.startsWith("POST"),
});
