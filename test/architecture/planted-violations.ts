import { HABITS } from "./planted-habits.ts";
import { FINE, type Planting } from "./planting.ts";

const IMPORTS = "style/noRestrictedImports";
const GLOBALS = "style/noRestrictedGlobals";
const PROPERTIES = "nursery/noJsRestrictedProperties";

export const ADAPTERS = ["dynamo", "ecwid", "files", "memory", "notices", "queue", "secrets", "system", "telemetry"] as const;

/** What each layer may import, as the rest of its planted files. */
const ALLOWED = {
  "lib/domain": 'import "temporal-polyfill";\nimport "../instant.ts";\nimport "./window.ts";\n',
  "lib/application": 'import "zod";\nimport "../../domain/instant.ts";\nimport "../ports/clock.ts";\nimport "./own.ts";\n',
  "lib/adapters":
    'import "node:crypto";\nimport "@aws-sdk/client-sqs";\nimport "zod";\nimport "../../application/ports/telemetry.ts";\nimport "./own.ts";\n',
  "lib/cli": 'import "node:util";\nimport "../adapters/dynamo/keys.ts";\nimport "../application/ports/clock.ts";\n',
  functions: 'import "@middy/core";\nimport "../../lib/adapters/dynamo/keys.ts";\nimport "../runtime/stack.ts";\n',
  infra:
    'import "aws-cdk-lib";\nimport type { Environment } from "../functions/compile/environment.ts";\nexport type Known = Environment;\n',
  scripts: 'import "node:fs";\nimport "node:timers/promises";\nimport "./bootstrap/stop.mjs";\n',
} as const;

function forbidden(layer: keyof typeof ALLOWED, folder: string, modules: readonly string[], extension = "ts"): readonly Planting[] {
  return modules.map((module, index) => ({
    breaks: `${layer} imports ${module}`,
    rule: IMPORTS,
    path: `${folder}/planted-import-${index}.${extension}`,
    violation: `import "${module}";\n`,
    rest: ALLOWED[layer] + FINE,
  }));
}

function uses(rule: string, folder: string, expressions: readonly string[]): readonly Planting[] {
  return expressions.map((expression, index) => ({
    breaks: `${folder} uses ${expression}`,
    rule,
    path: `${folder}/planted-use-${rule.length}-${index}.ts`,
    violation: `export const planted = ${expression};\n`,
  }));
}

const OUTSIDE_WORLD = [
  "new Date()",
  "Date.now()",
  "performance.now()",
  "process.pid",
  "globalThis.Date",
  'fetch("https://example.org")',
  "crypto.subtle",
  "setTimeout(() => 1, 1)",
  "setInterval(() => 1, 1)",
  "setImmediate(() => 1)",
  'Buffer.from("a")',
  'console.log("a")',
];
const CHANCE_AND_TIME = ["Math.random()", "Temporal.Now.instant()", "crypto.randomUUID()"];

const arrows: readonly Planting[] = [
  ...forbidden("lib/domain", "lib/domain/windows", [
    "zod",
    "node:fs",
    "node:timers/promises",
    "@aws-sdk/client-dynamodb",
    "node-fetch",
    "../../application/ports/clock.ts",
    "../../adapters/system/clock.ts",
    "../../../functions/compile/container.ts",
    "../../../infra/local/main.ts",
  ]),
  ...forbidden("lib/application", "lib/application/compile", [
    "node:crypto",
    "@aws-sdk/client-sqs",
    "@middy/core",
    "node-fetch",
    "temporal-polyfill",
    "../../adapters/dynamo/keys.ts",
    "../../cli/start.ts",
    "../../../functions/compile/environment.ts",
    "../../../infra/local/main.ts",
  ]),
  ...ADAPTERS.flatMap((adapter, index) => {
    const other = ADAPTERS[(index + 1) % ADAPTERS.length];
    return forbidden("lib/adapters", `lib/adapters/${adapter}`, [
      `../${other}/planted.ts`,
      "../../../functions/compile/environment.ts",
      "../../../infra/local/main.ts",
      "../../cli/start.ts",
    ]);
  }),
  ...forbidden("lib/cli", "lib/cli", ["../../functions/compile/container.ts", "../../infra/local/main.ts"]),
  ...forbidden("functions", "functions/compile", ["../../infra/local/main.ts", "../../lib/cli/start.ts", "../../test/support/planted.ts"]),
  ...forbidden("infra", "infra", ["../lib/cli/start.ts", "../test/support/planted.ts"]),
  ...forbidden("scripts", "scripts", ["zod", "@aws-sdk/client-sqs"], "mjs"),
];

const purity: readonly Planting[] = [
  ...["lib/domain/windows", "lib/application/compile"].flatMap((folder) => [
    ...uses(GLOBALS, folder, OUTSIDE_WORLD),
    ...uses(PROPERTIES, folder, CHANCE_AND_TIME),
  ]),
  ...["lib/adapters/dynamo", "functions/compile", "infra/local"].flatMap((folder) => [
    ...uses(GLOBALS, folder, ["new Date()", "performance.now()", 'fetch("https://example.org")']),
    ...uses(PROPERTIES, folder, CHANCE_AND_TIME),
  ]),
  ...uses("style/noProcessEnv", "lib/adapters/dynamo", ['process.env["HOME"]']),
  ...uses("style/noProcessEnv", "functions/runtime", ['process.env["HOME"]']),
  ...uses("suspicious/noConsole", "lib/adapters/telemetry", ['console.log("a")']),
];

export const PLANTINGS: readonly Planting[] = [...arrows, ...purity, ...HABITS];

/** What only some places may do, in those places. */
export const PERMITTED: Readonly<Record<string, string>> = {
  "functions/compile/environment.ts": 'export const home = process.env["HOME"];\n',
  "functions/compile/container.ts": 'export const home = process.env["HOME"];\n',
  "functions/compile/handler.ts": 'export const home = process.env["HOME"];\n',
  "infra/app.ts": 'export const home = process.env["HOME"];\n',
  "infra/local/main.ts": 'import "dynalite";\nimport "../../functions/compile/handler.ts";\nconsole.log(process.env["HOME"]);\n',
  "lib/adapters/system/clock.ts": 'export const now = [Date.now(), performance.now(), Math.random(), process.env["HOME"]];\n',
  "lib/adapters/dynamo/deep/keys.ts":
    'import "../../../application/ports/telemetry.ts";\nimport "../../../domain/failures/ecwid-failure.ts";\nimport "../own.ts";\n',
  "lib/cli/start.ts": 'console.log(process.env["HOME"]);\n',
  "lib/domain/instant.ts": "export const branded = (one: number) => one as 1;\n",
  "lib/application/record/schema.ts": 'import * as z from "zod";\nexport const schema = z.string();\n',
  "scripts/planted.mjs": "console.log(process.env.HOME);\n",
  "test/unit/planted.test.ts": 'import "dynalite";\nimport "../../lib/adapters/dynamo/keys.ts";\nexport const now = new Date();\n',
  "vitest.config.ts": 'import "vitest";\nexport default {};\n',
};
