import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { gatewayValues } from "../src/gateway-values";
import { readSettings } from "../src/settings";
import { configure } from "./mocks";

const values = join(__dirname, "../../../../k8s/charts/edge-gateway/values.yaml");

describe("gatewayValues", () => {
  // Skipped, and shown as skipped, where the chart is not there.
  it.skipIf(!existsSync(values))("are those of the chart", () => {
    const known = Object.keys(parse(readFileSync(values, "utf8")));

    expect(Object.keys(gatewayValues(readSettings(configure()))).sort()).toEqual(known.sort());
  });
});
