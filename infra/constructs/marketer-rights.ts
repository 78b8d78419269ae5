/**
 * What a marketer may do, by table: in the DynamoDB console, with the `doorman` command, or from a script. `plan`, `why`, `at` and `campaign …`
 * answer from the state table, `history` from its own; neither holds a token. The scan is for `plan` and `store list` over all stores, and for
 * `campaign put`, which names the stores there are where a number looks wrong; it shows nothing that reading item by item would not.
 */
export const MARKETER_RIGHTS = {
  campaigns: [
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:Query",
    "dynamodb:Scan",
  ],
  state: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
  history: ["dynamodb:Query"],
} as const;
