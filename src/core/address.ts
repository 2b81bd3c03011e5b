/** A host name or IP address (IPv6 without brackets) and a TCP port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, with brackets around an IPv6 address: how an address is written in messages. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

// A listener name before the address (`SASL_SSL://host:9093`) is allowed and ignored, as Kafka's clients do.
const addressPattern = /^(?:[\w.%-]+:\/\/)?(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/;
const hostPattern = /^[\w.%-]+$/;
const ipv6Pattern = /^[0-9a-fA-F:.]+(?:%[\w.-]+)?$/;

/** Parses one `host:port` or `[ipv6]:port`; returns what is wrong with it as text otherwise. */
export function parseAddress(text: string): Address | string {
  const match = addressPattern.exec(text);
  if (match === null) return explain(text);
  const [, ipv6, name, digits] = match;
  const port = Number(digits);
  if (port < 1 || port > 65535) return `'${text}': port ${digits ?? ''} is not between 1 and 65535`;
  const host = ipv6 ?? name ?? '';
  if (ipv6 === undefined ? !hostPattern.test(host) : !ipv6Pattern.test(host)) return `'${text}': '${host}' is not a host name`;
  return { host, port };
}

function explain(text: string): string {
  if (!text.includes(':')) return `'${text}' has no port; write ${text}:9092`;
  if (/^[0-9a-fA-F]*:[0-9a-fA-F:]+$/.test(text) && text.split(':').length > 2) {
    return `'${text}': an IPv6 address needs brackets, for example [::1]:9092`;
  }
  return `'${text}' is not host:port`;
}

/** Parses a comma-separated bootstrap list; empty entries and repeated addresses are dropped. Reports every problem at once. */
export function parseAddresses(text: string): { addresses: readonly Address[]; problems: readonly string[] } {
  const addresses = new Map<string, Address>();
  const problems: string[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const parsed = parseAddress(entry);
    if (typeof parsed === 'string') problems.push(parsed);
    else addresses.set(formatAddress(parsed), parsed);
  }
  if (addresses.size === 0 && problems.length === 0) problems.push('no address given; write host:port');
  return { addresses: [...addresses.values()], problems };
}
