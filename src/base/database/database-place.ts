/** Where the database lives: one file, or a PostgreSQL server. The address holds a password: never shown. */
export type DatabasePlace = { readonly file: string } | { readonly url: string }
