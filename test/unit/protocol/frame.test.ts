import { expect, test } from 'vitest';
import {
  decodeRawResponse,
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  peekRequest,
} from '../../../src/protocol/frame.js';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.js';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.js';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.js';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.js';
import { OffsetDelete } from '../../../src/protocol/messages/offset-delete.js';
import { ProtocolError } from '../../../src/protocol/protocol-error.js';

const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' };

test('a classic request has header version 1', () => {
  const frame = encodeRequest(OffsetDelete, 0, 9, 'me', { groupId: 'g', topics: [] });
  expect(frame.toString('hex')).toBe('00000013' + '002f0000' + '00000009' + '00026d65' + '000167' + '00000000');
});

test('a flexible request has header version 2, whose client id keeps its classic length', () => {
  const frame = encodeRequest(Heartbeat, 4, 9, 'me', heartbeat);
  expect(frame.toString('hex')).toBe(
    '00000017' + '000c0004' + '00000009' + '00026d65' + '00' + '0267' + '00000001' + '026d' + '00' + '00',
  );
});

test('a request without a client id is read back as such', () => {
  const frame = encodeRequest(Heartbeat, 4, 9, null, heartbeat).subarray(4);
  expect(peekRequest(frame)).toEqual({ apiKey: 12, version: 4, correlationId: 9, clientId: null });
  expect(decodeRequest(Heartbeat, frame)).toMatchObject({ clientId: null, body: { ...heartbeat, groupInstanceId: null } });
});

test('a flexible response has a tagged header, unknown tags in it are skipped', () => {
  const body = { throttleTimeMs: 0, errorCode: 27 };
  const frame = encodeResponse(Heartbeat, 4, 9, body);
  expect(frame.toString('hex')).toBe('0000000c' + '00000009' + '00' + '00000000' + '001b' + '00');
  expect(decodeResponse(Heartbeat, 4, frame.subarray(4))).toEqual({ correlationId: 9, body });
  const tagged = Buffer.from('00000009' + '01' + '0302ffff' + '00000000' + '001b' + '00', 'hex');
  expect(decodeResponse(Heartbeat, 4, tagged)).toEqual({ correlationId: 9, body });
});

test('an ApiVersions response never has a tagged header', () => {
  const frame = encodeResponse(ApiVersions, 3, 9, { errorCode: 0, apiKeys: [], throttleTimeMs: 0 });
  expect(frame.toString('hex')).toBe('0000000c' + '00000009' + '0000' + '01' + '00000000' + '00');
});

test('a refusal of the ApiVersions version asked is read as the version 0 that it is', () => {
  const apiKeys = [{ apiKey: 18, minVersion: 0, maxVersion: 3 }];
  const frame = encodeResponse(ApiVersions, 0, 9, { errorCode: 35, apiKeys, throttleTimeMs: 0 }).subarray(4);
  expect(decodeResponse(ApiVersions, 4, frame).body).toMatchObject({ errorCode: 35, apiKeys });
});

test('bytes after the body are an error that names message and version', () => {
  const frame = encodeResponse(Heartbeat, 4, 9, { throttleTimeMs: 0, errorCode: 0 }).subarray(4);
  const longer = Buffer.concat([frame, Buffer.from([0])]);
  expect(() => decodeResponse(Heartbeat, 4, longer)).toThrow(
    new ProtocolError('cannot decode Heartbeat response version 4: 1 bytes too many at offset 12'),
  );
});

test('a frame that is cut short is an error that names message and version', () => {
  const frame = encodeResponse(DescribeConfigs, 4, 9, { throttleTimeMs: 0, results: [] }).subarray(4, -1);
  expect(() => decodeResponse(DescribeConfigs, 4, frame)).toThrow(
    /^cannot decode DescribeConfigs response version 4: needed 1 bytes/,
  );
});

test('a version we do not declare is refused', () => {
  expect(() => encodeRequest(Heartbeat, 3, 1, null, heartbeat)).toThrow('Heartbeat version 3 is not one of 4 to 4');
  expect(() => decodeRawResponse(Heartbeat, 5, Buffer.alloc(4))).toThrow(ProtocolError);
});

test('a value that the version cannot carry is an error that names message and version', () => {
  const body = { includeClusterAuthorizedOperations: false, includeFencedBrokers: true };
  expect(() => encodeRequest(DescribeCluster, 1, 1, null, body)).toThrow(
    "cannot encode DescribeCluster request version 1: version 1 cannot carry field 'includeFencedBrokers'",
  );
});

test('a number out of range is a protocol error, not a crash', () => {
  expect(() => encodeRequest(Heartbeat, 4, 1, null, { ...heartbeat, generationId: 2 ** 40 })).toThrow(ProtocolError);
});

test('a request of another message is refused', () => {
  const frame = encodeRequest(Heartbeat, 4, 1, null, heartbeat).subarray(4);
  expect(() => decodeRequest(OffsetDelete, frame)).toThrow('expected api key 47, found 12');
});
