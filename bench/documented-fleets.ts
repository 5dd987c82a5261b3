import { App, aws_iam as iam } from 'aws-cdk-lib';
import { agentsIn, apiKeyArn, DIRECTORY, ENV, Fleet, FleetMaker, identityArn, lambdaRole, managedSecretArn, namesOf, oauth2Arn, VAULT } from './fleet';

const action = (operation: string) => `bedrock-agentcore:${operation}`;

interface DocumentedPolicy {
  readonly title: string;
  readonly statements: (names: ReturnType<typeof namesOf>) => iam.PolicyStatementProps[];
}

/**
 * What `AgentCoreRuntime.grantCredentialAccess` of @aws/agentcore-cdk 0.1.0-alpha.45 gives the role of an agent. It has no
 * statement for a return page, and none for a user's JWT.
 */
const AGENTCORE_CDK: DocumentedPolicy = {
  title: '`@aws/agentcore-cdk`',
  statements: () => [
    {
      actions: ['CreateWorkloadIdentity', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourceOauth2Token'].map(action),
      resources: ['workload-identity-directory/*', 'token-vault/*', 'apikeycredentialprovider/*'].map((path) => `arn:aws:bedrock-agentcore:*:${ENV.account}:${path}`),
    },
    { actions: ['secretsmanager:GetSecretValue'], resources: [`arn:aws:secretsmanager:*:${ENV.account}:secret:bedrock-agentcore-identity!*`] },
  ],
};

/**
 * The statements of the page about scoping, with the provider's segment of the ARN spelled as IAM knows it: as printed they
 * allow nothing. They are for vending alone: neither the token before it nor the secret behind it is in them.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html
 */
const SCOPED_SAMPLE: DocumentedPolicy = {
  title: 'AWS\'s page on scoping, ARNs corrected',
  statements: ({ identity, oauth2, apiKey }) => [
    { actions: [action('GetResourceApiKey')], resources: [DIRECTORY, identityArn(identity), VAULT, apiKeyArn(apiKey)] },
    { actions: [action('GetResourceOauth2Token')], resources: [DIRECTORY, identityArn(identity), VAULT, oauth2Arn(oauth2)] },
  ],
};

/**
 * With the statement for tokens of the execution role, its placeholder being the agent's identity.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
const RUNTIME_SAMPLE: DocumentedPolicy = {
  title: 'the same, and the page on runtime permissions',
  statements: (names) => [
    ...SCOPED_SAMPLE.statements(names),
    { actions: ['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId'].map(action), resources: [DIRECTORY, identityArn(names.identity)] },
  ],
};

/** What of it concerns identities. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/BedrockAgentCoreFullAccess.html */
const FULL_ACCESS: DocumentedPolicy = {
  title: '`BedrockAgentCoreFullAccess`',
  statements: () => [
    { actions: ['bedrock-agentcore:*'], resources: ['*'] },
    { actions: ['CreateSecret', 'PutSecretValue', 'GetSecretValue', 'DeleteSecret'].map((each) => `secretsmanager:${each}`), resources: ['arn:aws:secretsmanager:*:*:secret:bedrock-agentcore*'] },
  ],
};

/** The policies that others give or print, for the roles of the same fleet; the return page's role gets nothing from them. */
export const documentedFleets: FleetMaker[] = [AGENTCORE_CDK, SCOPED_SAMPLE, RUNTIME_SAMPLE, FULL_ACCESS].map(({ title, statements }) => (size, outdir): Fleet => {
  const app = new App({ outdir });
  agentsIn(app, size, (stack, index) => {
    const names = namesOf(index);
    const role = lambdaRole(stack, names.role);
    statements(names).forEach((statement) => role.addToPolicy(new iam.PolicyStatement(statement)));
    lambdaRole(stack, names.page);
  });
  return { title, app, secretArn: managedSecretArn };
});
