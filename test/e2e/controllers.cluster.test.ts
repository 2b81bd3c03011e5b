import { expect, test } from 'vitest';
import { runBin } from './fixture/run-kafkit.js';
import { useThreeBrokers } from './fixture/three-brokers.js';

const cluster = useThreeBrokers();

function configs(...args: readonly string[]) {
  const controllers = cluster().brokers.map(({ host, place }) => `${host}:${place.controllerPort}`);
  return runBin('kafka-configs', ['--bootstrap-controller', controllers.join(','), '--entity-type', 'brokers', ...args]);
}

test.each([1, 2, 3])('the settings of broker %i are read from the controller of its id', async (id) => {
  const { code, stdout, stderr } = await configs('--entity-name', String(id), '--describe', '--all');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`All configs for broker ${id} are:\n`);
  expect(stdout).toContain(`  broker.rack=r${id} `);
});

test.each([1, 2, 3])('the settings of broker %i are changed by the active controller, whichever that is', async (id) => {
  const changed = await configs('--entity-name', String(id), '--alter', '--add-config', 'log.cleaner.threads=2');
  expect(changed).toMatchObject({ code: 0, stdout: `Completed updating config for broker ${id}.\n`, stderr: '' });
});

test('a broker that is not registered is refused by the active controller', async () => {
  const refused = await configs('--entity-name', '9', '--alter', '--add-config', 'log.cleaner.threads=2');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('BrokerIdNotRegisteredException: No node with id 9 found.');
});
