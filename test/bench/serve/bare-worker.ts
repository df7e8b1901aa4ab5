import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";

type Stub = { read(): Promise<object>; insert(): Promise<object> };
type Bindings = { readonly BARE: { getByName(name: string): Stub } };

/** The least an object can do: answer from memory, or write one row. What our own objects are measured against. */
export class BareObject extends DurableObject {
  #count = 0;

  constructor(ctx: unknown, env: unknown) {
    super(ctx, env);
    this.ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    );
  }

  read(): object {
    return { name: "bare", count: this.#count };
  }

  insert(): object {
    this.ctx.storage.sql.exec("INSERT INTO log (text) VALUES (?)", "product_viewed");
    return { count: ++this.#count };
  }
}

const app = new Hono<{ Bindings: Bindings }>();
app.get("/health", (c) => c.json({ status: "ok" }));
app.get("/hello", (c) => c.text("hello"));
app.get("/read/:name", async (c) => c.json(await c.env.BARE.getByName(c.req.param("name")).read()));
app.post("/insert/:name", async (c) => c.json(await c.env.BARE.getByName(c.req.param("name")).insert()));

export default app;
