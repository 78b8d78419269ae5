/** No bundle may weigh more: a cold start, which may stand in front of a switch, reads and compiles all of it. */
export const MOST_BYTES = 700_000;

/** Above this a package has to say what it is for. */
export const WORTH_A_REASON_BYTES = 20_000;

/** Why a package of more than 20 KB is in a bundle. */
export const REASONS: Readonly<Record<string, string>> = {
  "@aws-sdk/client-dynamodb": "the tables; its operations' schemas are most of it",
  "@aws-sdk/client-sqs": "the stores' queue: sending, with the check of the digest that SQS answers with",
  "@aws-sdk/client-sns": "telling people; most of it is the list of operations that are not used",
  "@aws-sdk/core": "what the SDK's clients share: signing, protocols, errors",
  "@smithy/core":
    "under each of the SDK's clients: protocols, retries, endpoints, time-outs; all of it once, whatever the number of clients",
  "node-fetch": "every call of Ecwid (asked for by the client); in reconcile alone",
  "temporal-polyfill": "wall-clock time, zones and summer time; Node 24 has Temporal only behind a flag",
  zod: "reading records, messages, stored items, variables and Ecwid's replies; imported as `* as z`, which leaves 350 KB out",
};
