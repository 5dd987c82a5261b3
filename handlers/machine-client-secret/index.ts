import { bindingIn } from './binding';
import { MachineClientSecret } from './custom-resource';
import { systemClock } from '../custom-resource/clock';
import { Invocation } from '../custom-resource/custom-resource';

/**
 * Lambda handler of the custom resource that keeps the secret of an app client of Amazon Cognito in Secrets Manager.
 *
 * The function's settings, which the event's `ResourceProperties` of the same meaning have to repeat:
 *
 * - `USER_POOL_ID`, `UserPoolId`: the user pool.
 * - `CLIENT_ID`, `ClientId`: the app client, made with a secret.
 * - `SECRET_ARN`, `SecretArn`: the secret that is written, complete with its suffix: a JSON text with `client_id` and
 *   `client_secret`.
 *
 * There is no `Data` in the answer. Credentials and Region come from the environment that Lambda provides, and an endpoint
 * for tests from the SDK's variables, `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` and `AWS_ENDPOINT_URL_SECRETS_MANAGER`.
 */
export const handler = (event: unknown, invocation: Invocation): Promise<void> => resource.handle(event, invocation);

const resource = new MachineClientSecret({
  clock: systemClock,
  random: Math.random,
  // Not console.log, which Lambda would prefix or wrap: each line is a JSON object.
  write: line => process.stdout.write(`${line}\n`),
  region: process.env.AWS_REGION ?? '',
  binding: bindingIn(process.env),
});
