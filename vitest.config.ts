import { defineConfig } from 'vitest/config';

const clusterTests = 'test/e2e/**/*.cluster.test.ts';

export default defineConfig({
  test: {
    // Groups run one after another: unit tests, then what shares one broker, then what starts clusters of its own.
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000, sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/golden/**/*.test.ts'],
          exclude: [clusterTests],
          globalSetup: ['test/e2e/fixture/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e-cluster',
          include: [clusterTests],
          globalSetup: ['test/e2e/fixture/cluster-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Six brokers at once on a small machine answer too late for some of what is tested.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
