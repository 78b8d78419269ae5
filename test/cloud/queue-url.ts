/** @returns a queue's address as AWS writes it, from its ARN. The SDK calls the endpoint of `AWS_ENDPOINT_URL` all the same. */
export function queueUrlOf(arn: string): string {
  const [, , , region, account, name] = arn.split(":");
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
