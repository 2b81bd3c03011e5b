import { shownValue } from './shown-value.js';

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

/** How messages show an address that cannot be read. */
type Show = (text: string) => string;

/** What was typed as an address, whole unless it may hold a password. */
export function shownTypedAddress(text: string): string {
  return /^[\w.:[\]%/-]*$/.test(text) ? `'${text}'` : shownValue(text);
}

/** Parses one `host:port` or `[ipv6]:port`; returns what is wrong with it as text otherwise. */
export function parseAddress(text: string, show: Show = shownTypedAddress): Address | string {
  const match = addressPattern.exec(text);
  if (match === null) return `${show(text)} ${explain(text, show)}`;
  const [, ipv6, name, digits] = match;
  const port = Number(digits);
  if (port < 1 || port > 65535) return `${show(text)}: port ${shownDigits(digits)} is not between 1 and 65535`;
  const host = ipv6 ?? name ?? '';
  if (ipv6 === undefined ? !hostPattern.test(host) : !ipv6Pattern.test(host))
    return `${show(text)}: ${show(host)} is not a host name`;
  return { host, port };
}

/** A number of ten digits is no slip of a port, and may be a secret. */
function shownDigits(digits = ''): string {
  return digits.length < 10 ? digits : '...';
}

function explain(text: string, show: Show): string {
  if (text.includes('@')) return 'is not host:port; credentials belong into sasl.jaas.config';
  if (!text.includes(':')) return `has no port; write ${show === shownTypedAddress ? text : 'HOST'}:9092`;
  if (/^[0-9a-fA-F]*:[0-9a-fA-F:]+$/.test(text) && text.split(':').length > 2) {
    return 'is an IPv6 address, which needs brackets, for example [::1]:9092';
  }
  return 'is not host:port';
}

/** Parses a comma-separated bootstrap list; empty entries and repeated addresses are dropped. Reports every problem at once. */
export function parseAddresses(
  text: string,
  show: Show = shownTypedAddress,
): { addresses: readonly Address[]; problems: readonly string[] } {
  const addresses = new Map<string, Address>();
  const problems: string[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const parsed = parseAddress(entry, show);
    if (typeof parsed === 'string') problems.push(parsed);
    else addresses.set(formatAddress(parsed), parsed);
  }
  if (addresses.size === 0 && problems.length === 0) problems.push('no address given; write host:port');
  return { addresses: [...addresses.values()], problems };
}
