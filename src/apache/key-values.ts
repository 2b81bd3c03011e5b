/** The `key=value` arguments of an option, cut at the first `=`; a key without one has the empty value, and the last of two counts. */
export function parseKeyValues(args: readonly string[]): Map<string, string> {
  return new Map(
    args.map((arg) => {
      const at = arg.indexOf('=');
      return at < 0 ? [arg, ''] : [arg.slice(0, at), arg.slice(at + 1)];
    }),
  );
}
