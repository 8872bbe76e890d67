/** The part of better-sqlite3's surface that this program uses. */
declare module 'better-sqlite3' {
  interface Statement {
    run(...parameters: readonly unknown[]): {
      readonly changes: number;
      readonly lastInsertRowid: number | bigint;
    };
    get(...parameters: readonly unknown[]): unknown;
    all(...parameters: readonly unknown[]): unknown[];
    iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
  }
  class Database {
    constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    prepare(sql: string): Statement;
    exec(sql: string): this;
    pragma(sql: string, options?: { readonly simple?: boolean }): unknown;
    transaction<A extends readonly unknown[], R>(
      work: (...args: A) => R,
    ): ((...args: A) => R) & { readonly immediate: (...args: A) => R };
    close(): this;
    readonly open: boolean;
    readonly inTransaction: boolean;
  }
  export { Statement };
  export default Database;
}
