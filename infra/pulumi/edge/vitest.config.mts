import { defineConfig } from "vitest/config";

// One process: loading Pulumi's SDK takes longer than the tests.
export default defineConfig({ test: { include: ["test/*.test.ts"], pool: "threads", maxWorkers: 1, isolate: false, testTimeout: 20_000 } });
