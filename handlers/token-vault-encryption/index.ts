import { TokenVaultEncryption } from './custom-resource';
import { systemClock } from '../custom-resource/clock';
import { Invocation } from '../custom-resource/custom-resource';

/**
 * Lambda handler of the custom resource that puts the token vault under a customer-managed KMS key.
 *
 * CloudFormation has no resource type that can do it. The event's `ResourceProperties`, all strings:
 *
 * - `KeyArn`: the key, as a key ARN of the function's Region; neither an alias nor a multi-Region key.
 * - `TokenVaultId`: `default`, which is also the default. An account has one vault per Region.
 * - `OnRemoval`: `KEEP_KEY` (default) leaves the vault as it is when the resource is removed. `RETURN_TO_SERVICE_KEY` gives
 *   it back to the service-managed key, if this resource had set the key that the vault still has.
 *
 * The answer's `Data`: `KeyArn` and `KeyType`.
 *
 * The function has no settings of its own. Credentials and Region come from the environment that Lambda provides, and an
 * endpoint for tests from the SDK's variables, `AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL` and `AWS_ENDPOINT_URL_KMS`.
 */
export const handler = (event: unknown, invocation: Invocation): Promise<void> => resource.handle(event, invocation);

const resource = new TokenVaultEncryption({
  clock: systemClock,
  random: Math.random,
  // Not console.log, which Lambda would prefix or wrap: each line is a JSON object.
  write: line => process.stdout.write(`${line}\n`),
  region: process.env.AWS_REGION ?? '',
});
