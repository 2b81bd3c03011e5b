// As org.apache.kafka.common.utils.Utils takes an address apart: the last colon stands before the port, brackets are optional.
const addressPattern = /^(?:[0-9a-zA-Z\-%._]*:\/\/)?\[?([0-9a-zA-Z\-%._:]*)\]?:([0-9]+)$/;

/** Host and port as Kafka reads an address; undefined for what it does not take for one. */
export function splitAddress(text: string): { readonly host: string; readonly port: string } | undefined {
  const [, host, port] = addressPattern.exec(text) ?? [];
  return host === undefined || port === undefined ? undefined : { host, port };
}

/**
 * What those tools say of a `--bootstrap-server` list that look at it before they connect; undefined where it will do. The texts end
 * in a line end of their own.
 */
export function bootstrapProblem(list: string | undefined): string | undefined {
  if (list === undefined || list.trim() === '') return 'Error while validating the bootstrap address\n';
  const entries = list.split(',');
  // Java leaves empty entries at the end out.
  while (entries.at(-1) === '') entries.pop();
  return entries.length > 0 && entries.every((entry) => splitAddress(entry) !== undefined)
    ? undefined
    : 'Please provide valid host:port like host1:9091,host2:9092\n';
}
