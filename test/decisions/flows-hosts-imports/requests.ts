import { DIRECTORY, Family, identityArn, managedSecretArn, OTHER_KEY, providerArn, secretArn, SECRETS_KEY, VAULT, VAULT_KEY } from './names';
import type { RequestContext } from '../../simulation/access-request';
import type { RequestTemplate } from '../../simulation/sweep';

const claims = (iss: string, aud: string): RequestContext => ({ 'bedrock-agentcore:InboundJwtClaim/iss': iss, 'bedrock-agentcore:InboundJwtClaim/aud': [aud] });
const id = (value: string): RequestContext => ({ 'bedrock-agentcore:userid': value });
const through = (service: string): RequestContext => ({ 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` });
const VIA: RequestContext = { 'aws:ViaAWSService': 'true' };

/** What is asked of every cell: each thing that some flow needs, and what is next to it. The same for all cells. */
export function requestsOf(identity: string, provider: string, family: Family): RequestTemplate[] {
  const other = identityArn('payroll');
  const [own, ownKind, another] = [providerArn(family, provider), providerArn(family === 'OAuth2' ? 'API key' : 'OAuth2', provider), providerArn(family, `${provider}-2`)];
  const mint = (line: string, operation: string, who: string, context?: RequestContext) => asked(line, operation, [who, DIRECTORY], context);
  const vend = (line: string, operation: string, who: string, what: string, context?: RequestContext) => asked(line, operation, [what, who, DIRECTORY, VAULT], context);
  const token = (line: string, who: string, what: string) => vend(line, what.includes('/oauth2') ? 'GetResourceOauth2Token' : 'GetResourceApiKey', who, what);
  const employee = claims('https://acme.okta.com/oauth2/default', 'api://agents');
  const [secret, managed] = [secretArn(provider), managedSecretArn(family, provider)];
  return [
    mint('mint for a token of an employee', 'GetWorkloadAccessTokenForJWT', identity, employee),
    mint('mint for a token of an employee, as another agent', 'GetWorkloadAccessTokenForJWT', other, employee),
    mint('mint for a token of another issuer', 'GetWorkloadAccessTokenForJWT', identity, claims('https://evil.example.com', 'api://agents')),
    mint('mint for a token of an issuer that begins alike', 'GetWorkloadAccessTokenForJWT', identity, claims('https://acme.okta.com/oauth2/default2', 'api://agents')),
    mint('mint for a token for another audience', 'GetWorkloadAccessTokenForJWT', identity, claims('https://acme.okta.com/oauth2/default', 'api://agents2')),
    mint('mint for an id of Cognito', 'GetWorkloadAccessTokenForUserId', identity, id('cognito+4f1c')),
    mint('mint for an id of Cognito, as another agent', 'GetWorkloadAccessTokenForUserId', other, id('cognito+4f1c')),
    mint('mint for an id of another issuer', 'GetWorkloadAccessTokenForUserId', identity, id('okta+4f1c')),
    mint('mint for an id that only holds the prefix', 'GetWorkloadAccessTokenForUserId', identity, id('x-cognito+4f1c')),
    mint('mint as itself', 'GetWorkloadAccessToken', identity),
    mint('mint as itself, as another agent', 'GetWorkloadAccessToken', other),
    token('use the provider', identity, own),
    token('use the provider as another agent', other, own),
    token('use another provider', identity, another),
    token('use one of the other kind with the same name', identity, ownKind),
    ...(family === 'OAuth2' ? [
      vend('complete a consent of an employee', 'CompleteResourceTokenAuth', identity, own, employee),
      vend('complete a consent of an id', 'CompleteResourceTokenAuth', identity, own, id('cognito+4f1c')),
    ] : []),
    read('have the owner\'s secret read', secret, VIA),
    read('read the owner\'s secret', secret),
    read('have another secret read', secretArn(`${provider}-2`), VIA),
    read('have AgentCore\'s secret read', managed, VIA),
    read('read AgentCore\'s secret', managed),
    read('have another of AgentCore\'s secrets read', managedSecretArn(family, `${provider}-2`), VIA),
    key('have the secret decrypted', 'Decrypt', SECRETS_KEY, through('secretsmanager')),
    key('decrypt the secret', 'Decrypt', SECRETS_KEY),
    key('have the secret decrypted by another service', 'Decrypt', SECRETS_KEY, through('ssm')),
    key('have the secret encrypted', 'Encrypt', SECRETS_KEY, through('secretsmanager')),
    key('have something else decrypted', 'Decrypt', OTHER_KEY, through('secretsmanager')),
    ...['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext', 'GenerateDataKey', 'CreateGrant']
      .map((action) => key(`${action} for the vault`, action, VAULT_KEY, through('bedrock-agentcore-identity'))),
    key('Decrypt for the vault, by another service', 'Decrypt', VAULT_KEY, through('secretsmanager')),
    key('Decrypt for the vault, directly', 'Decrypt', VAULT_KEY),
  ];
}

function asked(line: string, operation: string, resources: string[], context?: RequestContext): RequestTemplate {
  return { line, action: `bedrock-agentcore:${operation}`, resources, ...(context !== undefined ? { context } : {}) };
}

function read(line: string, arn: string, context?: RequestContext): RequestTemplate {
  return { line, action: 'secretsmanager:GetSecretValue', resources: [arn], ...(context !== undefined ? { context } : {}) };
}

function key(line: string, action: string, arn: string, context?: RequestContext): RequestTemplate {
  return { line, action: `kms:${action}`, resources: [arn], ...(context !== undefined ? { context } : {}) };
}
