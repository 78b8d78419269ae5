import { registerHooks } from "node:module";

const COLLECTOR = new URL("./collected-tests.ts", import.meta.url).href;
const FEW_CASES = new URL("./few-cases.ts", import.meta.url).href;

/** What the domain's windows keep at the level of a module, by the names that it has there. */
const KEPT = /^(?<how>const|let) (?<name>kept|read|latest)\b/gm;

/** Where modules put down how they are emptied. */
const { doormanKept } = Object.assign(globalThis, { doormanKept: [] as (() => void)[] });

/** Text that puts down how to empty a variable, to stand at the end of its module. */
function emptying(how: string, name: string): string {
  const empty = how === "let" ? `${name} = undefined` : `Array.isArray(${name}) ? ${name}.splice(0) : ${name}.clear()`;
  return `globalThis.doormanKept.push(() => { ${empty}; });`;
}

function withEmptying(source: string): string {
  const lines = [...source.matchAll(KEPT)].map(({ groups }) => emptying(groups?.["how"] ?? "", groups?.["name"] ?? ""));
  return [source, ...lines].join("\n");
}

/** From now on tests are collected rather than run, their laws have few cases, and what modules keep can be emptied. */
export function hookModules(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === "vitest") return { url: COLLECTOR, shortCircuit: true, format: "module-typescript" };
      if (specifier === "fast-check" && context.parentURL !== FEW_CASES)
        return { url: FEW_CASES, shortCircuit: true, format: "module-typescript" };
      return next(specifier, context);
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      return url.includes("/lib/domain/windows/") ? { ...loaded, source: withEmptying(String(loaded.source)) } : loaded;
    },
  });
}

/** A mutant is not to be hidden by an answer that was found without it, or with another. */
export function emptyWhatIsKept(): void {
  for (const empty of doormanKept) empty();
}
