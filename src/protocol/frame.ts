import { errorCode } from './errors.js';
import type { Coding, Field } from './field.js';
import { codingOf } from './message.js';
import type { AnyMessage, RequestBody, ResponseBody } from './message.js';
import { nullableString } from './primitives.js';
import { ProtocolError } from './protocol-error.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

const apiVersionsKey = 18;
const classic: Coding = { version: 1, flexible: false };
const clientIdType = nullableString().type;

/** What a request frame says apart from its body. */
export interface RequestHeader {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
  readonly clientId: string | null;
}

/** A decoded request. */
export interface RequestFrame<Body> extends RequestHeader {
  readonly body: Body;
}

/** A decoded response. */
export interface ResponseFrame<Body> {
  readonly correlationId: number;
  readonly body: Body;
}

/**
 * A whole request: size, header (version 1, or 2 where the message is flexible) and body in the newest shape.
 *
 * @throws ProtocolError for a version we do not declare and for a value it cannot carry
 */
export function encodeRequest<M extends AnyMessage>(
  message: M,
  version: number,
  correlationId: number,
  clientId: string | null,
  body: RequestBody<M>,
): Buffer {
  const coding = requireVersion(message, version);
  return encodeFrame(`${message.name} request version ${version}`, (writer) => {
    writer.int16(message.apiKey);
    writer.int16(version);
    writer.int32(correlationId);
    clientIdType.write(writer, clientId, classic); // a plain int16 length in both header versions
    if (coding.flexible) writer.uvarint(0);
    const adapted: unknown = needsAdapting(message, version) ? message.adapt?.request(body, version) : body;
    message.request.type.write(writer, adapted, coding);
  });
}

/**
 * Decodes a response without its leading size. Messages that adapt old versions need the `request` that was answered.
 *
 * @throws ProtocolError for bytes that are not exactly one such response
 */
export function decodeResponse<M extends AnyMessage>(
  message: M,
  version: number,
  frame: Buffer,
  request?: RequestBody<M>,
): ResponseFrame<ResponseBody<M>> {
  const answer = decodeRawResponse(message, version, frame);
  if (!needsAdapting(message, version)) return answer;
  if (request === undefined) throw new ProtocolError(`${message.name} version ${version} cannot be read without its request`);
  // The adapter is declared with the message's own types, which AnyMessage forgets.
  return { ...answer, body: message.adapt?.response(answer.body, request) as ResponseBody<M> };
}

/** Decodes a response as the version puts it, never adapted to the newest shape. */
export function decodeRawResponse<M extends AnyMessage>(
  message: M,
  version: number,
  frame: Buffer,
): ResponseFrame<ResponseBody<M>> {
  const coding = requireVersion(message, answeredVersion(message, version, frame));
  return decodeFrame(`${message.name} response version ${version}`, frame, (reader) => {
    const correlationId = reader.int32();
    if (hasTaggedResponseHeader(message, coding)) skipTags(reader);
    return { correlationId, body: readBody(message.response as Field<ResponseBody<M>>, reader, coding) }; // see AnyMessage
  });
}

/** A whole response, as a broker sends it; `body` is in the shape of the version. */
export function encodeResponse(message: AnyMessage, version: number, correlationId: number, body: unknown): Buffer {
  const coding = requireVersion(message, version);
  return encodeFrame(`${message.name} response version ${version}`, (writer) => {
    writer.int32(correlationId);
    if (hasTaggedResponseHeader(message, coding)) writer.uvarint(0);
    message.response.type.write(writer, body, coding);
  });
}

/** Decodes a request without its leading size, as a broker does; the body is in the shape of its version. */
export function decodeRequest<M extends AnyMessage>(message: M, frame: Buffer): RequestFrame<RequestBody<M>> {
  return decodeFrame(`${message.name} request`, frame, (reader) => {
    const header = readHeader(reader);
    if (header.apiKey !== message.apiKey) throw new ProtocolError(`expected api key ${message.apiKey}, found ${header.apiKey}`);
    const coding = requireVersion(message, header.version);
    if (coding.flexible) skipTags(reader);
    return { ...header, body: readBody(message.request as Field<RequestBody<M>>, reader, coding) }; // see AnyMessage
  });
}

/** Reads the part of a request that says which message it is; the frame comes without its leading size. */
export function peekRequest(frame: Buffer): RequestHeader {
  return decodeBytes('request header', () => readHeader(new Reader(frame)));
}

function readHeader(reader: Reader): RequestHeader {
  return {
    apiKey: reader.int16(),
    version: reader.int16(),
    correlationId: reader.int32(),
    clientId: clientIdType.read(reader, classic),
  };
}

function readBody<T>(body: Field<T>, reader: Reader, coding: Coding): T {
  return body.type.read(reader, coding);
}

function needsAdapting(message: AnyMessage, version: number): boolean {
  return message.adapt !== undefined && version < message.adapt.before;
}

// A client that asks for too new a version of ApiVersions must still understand the answer, so its header never has tags (KIP-511).
function hasTaggedResponseHeader(message: AnyMessage, coding: Coding): boolean {
  return coding.flexible && message.apiKey !== apiVersionsKey;
}

// A broker that does not speak the version asked says so in version 0 (KIP-511).
function answeredVersion(message: AnyMessage, version: number, frame: Buffer): number {
  const isRefusal =
    message.apiKey === apiVersionsKey && frame.length >= 6 && frame.readInt16BE(4) === errorCode.UNSUPPORTED_VERSION;
  return isRefusal ? 0 : version;
}

function requireVersion(message: AnyMessage, version: number): Coding {
  if (version < message.minVersion || version > message.maxVersion) {
    throw new ProtocolError(`${message.name} version ${version} is not one of ${message.minVersion} to ${message.maxVersion}`);
  }
  return codingOf(message, version);
}

function skipTags(reader: Reader): void {
  for (let count = reader.uvarint(); count > 0; count--) {
    reader.uvarint();
    reader.skip(reader.uvarint());
  }
}

function encodeFrame(what: string, write: (writer: Writer) => void): Buffer {
  const writer = new Writer();
  writer.int32(0);
  try {
    write(writer);
  } catch (error) {
    throw new ProtocolError(`cannot encode ${what}: ${messageOf(error)}`, { cause: error });
  }
  const frame = writer.finish();
  frame.writeInt32BE(frame.length - 4);
  return frame;
}

function decodeFrame<T>(what: string, frame: Buffer, read: (reader: Reader) => T): T {
  return decodeBytes(what, () => {
    const reader = new Reader(frame);
    const value = read(reader);
    if (reader.remaining > 0) throw new ProtocolError(`${reader.remaining} bytes too many at offset ${reader.offset}`);
    return value;
  });
}

function decodeBytes<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new ProtocolError(`cannot decode ${what}: ${error.message}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
