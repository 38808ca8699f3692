import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { gatewayValues } from "../src/gateway-values";
import { readSettings } from "../src/settings";
import { configure } from "./mocks";

const values = join(__dirname, "../../../../k8s/charts/edge-gateway/values.yaml");

/** The settings' paths, `a.b.c`; what lies below `regions` is named by the user. */
function paths(value: unknown, at: string[] = []): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || at.join(".") === "regions") {
    return [at.join(".")];
  }

  return Object.entries(value).flatMap(([key, below]) => paths(below, [...at, key]));
}

describe("gatewayValues", () => {
  // Skipped, and shown as skipped, where the chart is not there.
  it.skipIf(!existsSync(values))("are all known to the chart", () => {
    const known = paths(parse(readFileSync(values, "utf8")));

    for (const path of paths(gatewayValues(readSettings(configure())))) {
      expect(known.some((k) => k === path || k.startsWith(`${path}.`) || path.startsWith(`${k}.`)), `${path} is no value of the chart`).toBe(true);
    }
  });
});
