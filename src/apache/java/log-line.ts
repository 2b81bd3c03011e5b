/** A line as Kafka's tools log it to stderr: local time, a comma before the milliseconds; ends in a newline. */
export function formatLogLine(level: 'WARN' | 'ERROR', message: string, logger: string, when: Date): string {
  return `[${localTime(when)}] ${level} ${message} (${logger})\n`;
}

function localTime(when: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  const time = `${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
  return `${date} ${time},${String(when.getMilliseconds()).padStart(3, '0')}`;
}
