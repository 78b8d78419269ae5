import type { SourceFile } from "./source-tree.ts";

const EXPORTED_FUNCTION = /^export (?:async )?(?:function\*? |const (?=\w+(?:: [^=]+)? = (?:async )?(?:<[^>]*>)?\())(?<name>\w+)/;

/** @returns `path: name` for each exported function without a docstring right above it. */
export function undocumentedFunctions({ path, text }: SourceFile): readonly string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const name = EXPORTED_FUNCTION.exec(line)?.groups?.["name"];
    return name === undefined || lines[index - 1]?.trimEnd().endsWith("*/") ? [] : [`${path}: ${name}`];
  });
}
