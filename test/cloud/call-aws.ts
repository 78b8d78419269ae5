/** One call of a service for which there is no client among the packages. */
export interface AwsCall {
  readonly service: "dynamodb" | "events" | "lambda" | "s3" | "sts";
  readonly method: "GET" | "POST" | "PUT";
  /** Below the endpoint, with its slash in front. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/**
 * Calls the endpoint of `AWS_ENDPOINT_URL` plainly. An endpoint that is not AWS reads service and region out of the scope of the credentials
 * and does not check the signature, so none is worked out; AWS itself would refuse the call, and is never called (endpoint.ts).
 *
 * @returns the text of the answer. @throws Error with the endpoint's own words if it refuses.
 */
export async function callAws(region: string, { service, method, path, headers = {}, body }: AwsCall): Promise<string> {
  const scope = `${process.env["AWS_ACCESS_KEY_ID"]}/20261122/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  const url = `${process.env["AWS_ENDPOINT_URL"]?.replace(/\/+$/, "")}${path}`;
  const response = await fetch(url, { method, headers: { authorization, ...headers }, ...(body !== undefined && { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} ${method} ${path} was answered with ${response.status}: ${text}`);
  return text;
}

/** @returns the parsed answer of a service that speaks JSON with the action in a header, such as `AWSEvents.ListRules`. */
export async function callJsonAws(region: string, service: AwsCall["service"], action: string, input: object): Promise<unknown> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": action };
  return JSON.parse(await callAws(region, { service, method: "POST", path: "/", headers, body: JSON.stringify(input) }));
}
