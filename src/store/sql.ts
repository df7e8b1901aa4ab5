/** The part of a Durable Object's storage that the store uses. */
export type Storage = Pick<
  DurableObjectStorage,
  "sql" | "transactionSync" | "setAlarm" | "getAlarm" | "deleteAlarm" | "deleteAll"
>;

/** The first row of a query, or `undefined`. The cursor is drained before any await, as the platform asks. */
export function firstRow<T extends Record<string, SqlStorageValue>>(
  sql: SqlStorage,
  query: string,
  ...binds: SqlStorageValue[]
): T | undefined {
  return sql.exec<T>(query, ...binds).toArray()[0];
}
