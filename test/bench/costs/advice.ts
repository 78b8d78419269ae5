import type { Billable } from "./prices.ts";

/** What each line of the bill is for. */
export const MEANINGS: Readonly<Record<Billable, string>> = {
  "dynamodb-read": "DynamoDB, read request units",
  "dynamodb-write": "DynamoDB, write request units, the index's included",
  "dynamodb-storage": "DynamoDB, storage",
  "dynamodb-recovery": "DynamoDB, point-in-time recovery",
  "lambda-request": "Lambda, invocations",
  "lambda-duration": "Lambda, GB-seconds",
  "sqs-fifo-request": "SQS FIFO, requests, the empty polls included",
  secret: "Secrets Manager, a secret a store",
  "secret-call": "Secrets Manager, calls",
  "log-ingested": "CloudWatch Logs, ingested",
  "log-stored": "CloudWatch Logs, kept 30 days",
  metric: "CloudWatch, custom metrics",
  "alarm-metric": "CloudWatch, alarms",
  dashboard: "CloudWatch, dashboard",
  "key-request": "KMS, lookups of the tables' key",
  email: "SNS, messages of the follow-up",
  "transfer-out": "Data sent to Ecwid",
};

/** What would lower a line, and what that would cost. */
export const ADVICE: Readonly<Partial<Record<Billable, string>>> = {
  secret:
    "One secret a store, whatever it does. *Parameter Store* (`SecureString`, standard tier) has no monthly fee, but holds 10,000 parameters a region and account, the largest deployment of this table and nothing beside it (past that, the advanced tier at $0.05 a month each); it has no rotation of its own, no policy on the single secret, no replica in another region, and by default answers 40 requests a second. *One secret for many stores* (64 KB hold some 500 tokens: $8 a month for 10,000 stores) lets every worker read every store's token, makes adding a store a read-modify-write that two people can lose, and gives up the tag that keeps a store to one deployment. *A table encrypted with a key of our own* costs a dollar a month and a `Decrypt` a reading, and makes who may read the table equal to who may read the tokens. At 1 and 100 stores none of it is worth the trouble; at 10,000 Parameter Store is the one to weigh.",
  "secret-call":
    "Two calls for each message that finds nothing cached: `GetSecretValue`, and `DescribeSecret` for the one tag that names the deployment. The five minutes of the cache never reach the next hourly look. Reading the tag only where a store is called for the first time, or once a day, would halve the line; keeping the token for an hour would make a replaced token wait for its first refusal.",
  "lambda-duration":
    "Most of it is waiting, not work: each switch's worker sleeps some three seconds until its instant (`RELEASE_BEFORE_MS`), the tick sleeps through its minute where something is due, and a look waits for Ecwid. Less memory for `reconcile` lowers the waiting in proportion and leaves the work's price the same, at the price of slower starts; a release two seconds before the instant would save a third of the switches' waiting and leave less room for a cold start.",
  "dynamodb-read":
    "The hourly sweep asks for the layers of each target by a query of its own (half of its reads; one query over all of a store's layers would do), and reads each store's lists two or three times (a quarter). The hourly look reads the store's own item eight times and its lists of targets and campaigns three or four times. Handing on what was read would save about half of both.",
  "dynamodb-write":
    "A look that finds everything as it should be still counts its attempt and commits each open target, notes that the profile was read, and takes and gives back a place among the dead answers, although its token is proven. Writing only what changed would save most of it.",
  "log-ingested":
    "Each invocation costs Lambda's own three lines and, where it gave out no metric, a warning of the metrics library that says so. Silencing the warning and logging in Lambda's JSON format at WARN for the platform's lines would take away about half.",
  metric: "At most ten; CloudWatch bills each only for the hours in which it was given out, so a quiet deployment pays for two.",
  dashboard: "The first three of an account are free.",
  "alarm-metric": "The first ten alarm metrics of an account are free.",
};
