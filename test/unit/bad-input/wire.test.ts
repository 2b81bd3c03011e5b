import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRawResponse, encodeResponse } from '../../../src/protocol/frame.js';
import { codingOf } from '../../../src/protocol/message.js';
import { ProtocolError } from '../../../src/protocol/protocol-error.js';
import { allMessages, versionsOf } from '../protocol/all-messages.js';
import { arbitraryValue } from '../protocol/arbitrary-value.js';

const messages = await allMessages();
const cases = messages.flatMap((message) => versionsOf(message).map((version) => ({ message, version })));
/** Together more than two thousand. */
const runsEach = Math.max(20, Math.ceil(4000 / cases.length));

const damage = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), byte: fc.nat(255) }), {
  minLength: 1,
  maxLength: 4,
});
const isHuge = fc.boolean();

test('a damaged answer of any message is read as something or refused, and costs no more memory than its length says', () => {
  let refused = 0;
  const before = process.memoryUsage().rss;
  for (const { message, version } of cases) {
    fc.assert(
      fc.property(arbitraryValue(message.response, codingOf(message, version)), damage, isHuge, (body, hits, huge) => {
        const frame = Buffer.from(encodeResponse(message, version, 7, body).subarray(4));
        for (const { at, byte } of hits) {
          const index = Math.floor(at * frame.length);
          frame[index] = byte;
          // Lengths and counts beyond anything: four bytes in a row.
          if (huge) frame.fill(0x7f, index, Math.min(frame.length, index + 4));
        }
        try {
          decodeRawResponse(message, version, frame);
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
          refused++;
        }
      }),
      { numRuns: runsEach },
    );
  }
  expect(cases.length * runsEach).toBeGreaterThanOrEqual(2000);
  expect(refused).toBeGreaterThan(100);
  expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
}, 120_000);
