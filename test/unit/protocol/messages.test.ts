import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reader } from '../../../src/protocol/reader.js';
import { decodeRawResponse, decodeRequest, encodeResponse } from '../../../src/protocol/frame.js';
import { codingOf } from '../../../src/protocol/message.js';
import { ProtocolError } from '../../../src/protocol/protocol-error.js';
import { Writer } from '../../../src/protocol/writer.js';
import { allMessages, versionsOf } from './all-messages.js';
import { arbitraryValue } from './arbitrary-value.js';
import { requestFrame } from './request-frame.js';

const messages = await allMessages();
const cases = messages.flatMap((message) => versionsOf(message).map((version) => ({ name: message.name, message, version })));

const header = { correlationId: 7, clientId: null };

describe.each(cases)('$name version $version', ({ message, version }) => {
  const coding = codingOf(message, version);

  test('carries any request there and back', () => {
    fc.assert(
      fc.property(arbitraryValue(message.request, coding), (body) => {
        const frame = requestFrame(message, { ...header, version }, body);
        const decoded = decodeRequest(message, frame);
        expect(decoded).toEqual({ ...header, apiKey: message.apiKey, version, body });
        expect(requestFrame(message, decoded, decoded.body)).toEqual(frame);
      }),
      { numRuns: 12 },
    );
  });

  test('carries any response there and back', () => {
    fc.assert(
      fc.property(arbitraryValue(message.response, coding), (body) => {
        // 35 in the first field of ApiVersions means that the rest is in version 0.
        fc.pre(message.name !== 'ApiVersions' || (body as { errorCode: number }).errorCode !== 35);
        const frame = encodeResponse(message, version, 7, body);
        expect(decodeRawResponse(message, version, frame.subarray(4))).toEqual({ correlationId: 7, body });
      }),
      { numRuns: 12 },
    );
  });

  test('answers truncated bytes with a protocol error', () => {
    fc.assert(
      fc.property(
        arbitraryValue(message.response, coding),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (body, cut) => {
          const writer = new Writer();
          message.response.type.write(writer, body, coding);
          const whole = writer.finish();
          fc.pre(whole.length > 0);
          const part = whole.subarray(0, Math.floor(whole.length * cut));
          expect(() => message.response.type.read(new Reader(part), coding) as unknown).toThrow(ProtocolError);
        },
      ),
      { numRuns: 8 },
    );
  });

  test('answers damaged bytes with a value or a protocol error, nothing else', () => {
    const damage = fc.array(fc.record({ at: fc.nat(), byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(arbitraryValue(message.response, coding), damage, (body, hits) => {
        const frame = encodeResponse(message, version, 7, body).subarray(4);
        for (const { at, byte } of hits) frame[at % frame.length] = byte;
        expect(failureOf(() => decodeRawResponse(message, version, frame))).toSatisfy(isNothingOrProtocolError);
      }),
      { numRuns: 12 },
    );
  });
});

test('noise is answered with a value or a protocol error, nothing else', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.uint8Array({ maxLength: 300 }), ({ message, version }, noise) => {
      const frame = Buffer.from(noise);
      expect(failureOf(() => decodeRawResponse(message, version, frame))).toSatisfy(isNothingOrProtocolError);
      expect(failureOf(() => decodeRequest(message, frame))).toSatisfy(isNothingOrProtocolError);
    }),
    { numRuns: 2000 },
  );
});

function failureOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isNothingOrProtocolError(failure: unknown): boolean {
  return failure === undefined || failure instanceof ProtocolError;
}
