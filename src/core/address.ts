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
const addressPattern = /^(?:[\w.%-]+:\/\/)?(?:\[([^\]]+)\]|([^[\]/]+)):(\d+)$/;
const hostPattern = /^[\w.%-]+$/;

/** How messages show an address that cannot be read. */
type Show = (text: string) => string;

/** What was typed as an address, whole unless it may hold a password. */
export function shownTypedAddress(text: string): string {
  return /^[\w.:[\]%/-]*$/.test(text) ? `'${text}'` : shownValue(text);
}

/** Whether a text is an IPv6 address: eight groups, `::` for any number of them, the last two also as IPv4; and perhaps a zone. */
function isIpv6(text: string): boolean {
  const [, address = '', zone] = /^([^%]*)(%[\w.-]+)?$/.exec(text) ?? [];
  const ipv4 = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (ipv4?.split('.').some((part) => Number(part) > 255) === true) return false;
  const groups = ipv4 === undefined ? address : `${address.slice(0, -ipv4.length)}0:0`;
  const halves = groups.split('::');
  const parts = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return false;
  return (
    (zone === undefined || address !== '') && (halves.length === 1 ? parts.length === 8 : halves.length === 2 && parts.length < 8)
  );
}

/**
 * Parses one `host:port`, `[ipv6]:port` or, as Kafka does, `ipv6:port`, where the last colon is that before the port; returns what
 * is wrong with it as text otherwise.
 */
export function parseAddress(text: string, show: Show = shownTypedAddress): Address | string {
  const match = addressPattern.exec(text);
  if (match === null) return `${show(text)} ${explain(text, show)}`;
  const [, bracketed, name = '', digits] = match;
  const ipv6 = bracketed ?? (name.includes(':') ? name : undefined);
  if (ipv6 === name && !isIpv6(name)) return `${show(text)} ${explain(text, show)}`;
  const port = Number(digits);
  if (port < 1 || port > 65535) return `${show(text)}: port ${shownDigits(digits)} is not between 1 and 65535`;
  const host = ipv6 ?? name;
  if (ipv6 === undefined ? !hostPattern.test(host) : !isIpv6(host)) return `${show(text)}: ${show(host)} is not a host name`;
  return { host, port };
}

/** A number of ten digits is no slip of a port, and may be a secret. */
function shownDigits(digits = ''): string {
  return digits.length < 10 ? digits : '...';
}

function explain(text: string, show: Show): string {
  if (text.includes('@')) return 'is not host:port; credentials belong into sasl.jaas.config';
  if (!text.includes(':')) return `has no port; write ${show === shownTypedAddress ? text : 'HOST'}:9092`;
  if (isIpv6(text)) return `is an IPv6 address without a port; write [${text}]:9092`;
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
