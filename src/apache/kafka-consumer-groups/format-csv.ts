// The library that Kafka uses looks into a field only up to this length.
const mostPlain = 24;

/** One line of CSV. A field that is long, or holds any character that comes before `-` in ASCII, is quoted. */
export function formatCsv(fields: readonly string[]): string {
  return `${fields.map(quoted).join(',')}\n`;
}

function quoted(field: string): string {
  return field.length <= mostPlain && !/[\0-,]/.test(field) ? field : `"${field.replaceAll('"', '""')}"`;
}
