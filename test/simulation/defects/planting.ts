import { registerHooks } from "node:module";
import type { Defect } from "./defects.ts";

/** Plants a defect into whatever is imported from now on. @throws Error, at the import, if the text to be replaced is no longer there. */
export function plant({ name, file, find, replace }: Defect): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(`/${file}`)) return loaded;
      const text = String(loaded.source);
      if (text.split(find).length !== 2) throw new Error(`"${name}" cannot be planted: its text does not stand exactly once in ${file}`);
      return { ...loaded, source: text.replace(find, () => replace) };
    },
  });
}
