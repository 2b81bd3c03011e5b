import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { smallCast } from '../faults/casts.js';
import { faults } from '../faults/faults.js';
import { Random } from '../faults/random.js';
import { runBatch } from '../faults/run-batch.js';
import { World } from '../faults/world.js';

// The short form of `npm run test:faults`, which lets every fault strike every scenario.
let world: World;

beforeAll(async () => {
  world = await World.start(new Random(1), { kafka: inject('kafka') });
}, 180_000);

afterAll(() => world.stop());

test.each(['leader killed', 'connections cut', 'network stalled 7 s'])(
  '%s while records are written, read and offsets moved: nothing is lost, nothing is there twice',
  async (name) => {
    const fault = faults.find((one) => one.name === name);
    if (fault === undefined) throw new Error(`there is no fault '${name}'`);
    world.name = `e${Date.now().toString(36)}`;
    const runs = await runBatch(world, fault, smallCast());
    expect(runs.flatMap(({ scenario, violations }) => violations.map((violation) => `${scenario}: ${violation}`))).toEqual([]);
    // A batch in which the fault found nobody at work would prove nothing.
    expect(runs.map(({ scenario }) => scenario)).toContain('produce, idempotent');
  },
);
