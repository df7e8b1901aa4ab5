/** A JSON Schema as far as it is read here. */
export type JsonSchema = { readonly [field: string]: unknown };

/** An endpoint of the Worker's table, as far as it is told here. */
export type Endpoint = {
  readonly method: string;
  /** @example "/v1/keys/:id" */
  readonly path: string;
  readonly summary: string;
  readonly callers: readonly string[] | "public" | "operator";
  readonly accepts?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

type Response = { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> };

/** An operation of the OpenAPI document. */
export type OperationObject = {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, Response>>;
};

/** What the reference is written from. */
export type Api = {
  readonly endpoints: readonly Endpoint[];
  readonly document: {
    readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
  };
};
