/** What a table cell holds; `undefined` and `null` print as `-` in tables and as nothing in CSV. */
export type Cell = string | number | bigint | boolean | null | undefined;

export interface Column<Row> {
  /** Upper case, hyphens instead of spaces, for example `MIN-ISR`. */
  readonly title: string;
  readonly value: (row: Row) => Cell;
  /** Only in `-o wide` and CSV, which always has every column. */
  readonly wide?: boolean;
  /** Marks a cell that deserves a look; only where colours are on. */
  readonly tone?: (row: Row) => Tone | undefined;
}

export type Tone = 'good' | 'warning' | 'bad' | 'dim';

export interface Table<Row> {
  /** A line above the table where a report has several. */
  readonly title?: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Printed instead of an empty table, on stderr. */
  readonly empty?: string;
  /** CSV without a header line, for files that other tools read. */
  readonly headless?: boolean;
}

/** What a command found or did, ready for every output format. */
export interface Report {
  /** The JSON document: an object with named members, hand-chosen camelCase keys. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The items of `-o jsonl`; default: the document's first array. */
  readonly items?: readonly unknown[];
  // Row types differ from table to table, and a renderer only ever passes a table's rows to its own columns.
  readonly tables: readonly Table<never>[];
  /** The one table of `-o csv`; default: the first. */
  readonly csv?: Table<never>;
  /** The lines of `-o names`. */
  readonly names?: readonly string[];
  /** Lines after the tables, for people; not part of JSON or CSV. */
  readonly notes?: readonly string[];
  /** The format where `-o` names none; default: `table`. For commands whose output is a file for other commands. */
  readonly defaultFormat?: 'json';
  /** Exit code where the report itself says that something failed or a check said no. */
  readonly exitCode?: number;
}

/** Declares a table with its row type checked against its columns. */
export function table<Row>(declared: Table<Row>): Table<never> {
  return declared as unknown as Table<never>; // see Report.tables
}
