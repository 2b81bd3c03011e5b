import type { RequestHeader } from '../../../src/protocol/frame.js';
import { codingOf, type AnyMessage } from '../../../src/protocol/message.js';
import { nullableString } from '../../../src/protocol/primitives.js';
import { Writer } from '../../../src/protocol/writer.js';

/** A request frame without its size, whose body is in the shape of its version: what `decodeRequest` gives, turned back. */
export function requestFrame(
  message: AnyMessage,
  { version, correlationId, clientId }: Omit<RequestHeader, 'apiKey'>,
  body: unknown,
): Buffer {
  const coding = codingOf(message, version);
  const writer = new Writer();
  writer.int16(message.apiKey);
  writer.int16(version);
  writer.int32(correlationId);
  nullableString().type.write(writer, clientId, { version, flexible: false });
  if (coding.flexible) writer.uvarint(0);
  message.request.type.write(writer, body, coding);
  return writer.finish();
}
