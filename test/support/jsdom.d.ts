/** jsdom brings no types of its own: what the tests use of it. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html: string, options?: { readonly runScripts?: "outside-only" | "dangerously"; readonly pretendToBeVisual?: boolean });
    readonly window: { readonly document: JsdomDocument; eval(code: string): unknown; close(): void };
  }

  interface JsdomElement {
    readonly textContent: string;
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
    getAttribute(name: string): string | null;
    querySelector(selector: string): JsdomElement | null;
    querySelectorAll(selector: string): Iterable<JsdomElement>;
  }

  interface JsdomDocument extends JsdomElement {
    readonly title: string;
    readonly documentElement: JsdomElement;
  }
}
