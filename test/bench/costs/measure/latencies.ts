/**
 * How long the services are taken to answer, in milliseconds. Assumptions, not measurements: a function's waiting is billed, and an emulator on
 * this machine says nothing of AWS. Ecwid's is the middle of the 80 to 400 ms that the rehearsals use.
 */
export const LATENCY_MS = { database: 5, queue: 10, secrets: 20, ecwid: 240 } as const;

/** What a request to Ecwid sends beside its body: the request line, headers, and a share of the connection's beginning. An assumption. */
export const REQUEST_BYTES = 1_500;

/** What Lambda writes itself for each invocation (START, END and REPORT in the text format), as bytes of three events. */
export const PLATFORM_LOG_BYTES =
  "START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Version: $LATEST".length +
  "END RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd".length +
  "REPORT RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\tDuration: 3045.12 ms\tBilled Duration: 3046 ms\tMemory Size: 512 MB\tMax Memory Used: 121 MB\t"
    .length +
  3 * 26;

/** The tick is taken to come so long after its minute began; EventBridge promises only "within the minute". */
export const TICK_OFFSET_MS = 5_000;
