/**
 * Credentials from the environment, where Lambda puts them.
 *
 * The bundle has this file in place of the SDK's default credential chain (esbuild's `alias`): the chain's other members
 * (profiles, single sign-on, container and instance metadata, web identity) bring five more clients, about 85 KB, and
 * none of them can ever apply inside a Lambda function. The clients themselves are unchanged.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error('No credentials in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  };
};
