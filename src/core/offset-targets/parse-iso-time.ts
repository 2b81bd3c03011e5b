/** A time that was read, and whether it says in which zone. */
export interface IsoTime {
  readonly timestamp: number;
  readonly isZoned: boolean;
}

const form = /^((?:\d{4}|[+-]\d{6})-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/;
const minuteMs = 60_000;

/**
 * A date (`2026-11-21`) or a date with a time of day, as ISO 8601 writes them and as `kafkit` prints them, in UTC where no zone is
 * named. Answers why not for what looks like one and is none, and undefined for other text.
 */
export function parseIsoTime(text: string): IsoTime | string | undefined {
  const [matched, date = '', clock = '00:00', second = '00', fraction = '', zone] = form.exec(text) ?? [];
  if (matched === undefined) return nearMiss(text);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse() turns 30 February into 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(date.slice(-2))) return `there is no ${date}`;
  if (second === '60') return 'Kafka counts no leap seconds; write the second before or after';
  const hour = Number(clock.slice(0, 2));
  const minute = Number(clock.slice(3));
  if (hour > 23 || minute > 59 || Number(second) > 59) return `there is no ${clock}:${second} in a day`;
  const offset = zone === undefined ? 0 : zoneMinutes(zone);
  if (offset === undefined) return `there is no time zone ${zone ?? ''}`;
  const inDay = (hour * 60 + minute - offset) * minuteMs + Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { timestamp: midnight + inDay, isZoned: zone !== undefined };
}

function zoneMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function nearMiss(text: string): string | undefined {
  if (/^\d{4}-?W\d/i.test(text)) return 'weeks are not read; write the date';
  if (/^\d{4}-\d{3}(\D|$)/.test(text)) return 'days of the year are not read; write month and day';
  if (/^\d{4}-\d{2}-\d{2}.*[A-Za-z]{2}/.test(text)) return 'names of time zones are not read; write Z or an offset such as +02:00';
  if (/^\d{4}-\d{2}-\d{2}[Tt ].*[+-]\d{2}$/.test(text)) return 'write the minutes of the zone, too: +02:00';
  return undefined;
}
