/**
 * Keys that never have more than one value, in small letters, from
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and the services' pages. A key that is
 * missing here is taken to have one or several, which makes decisions about it more cautious.
 */
const ONE_VALUED = new Set([
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalisawsservice', 'aws:principalservicename', 'aws:principaltype',
  'aws:requestedregion', 'aws:resourceaccount', 'aws:resourceorgid', 'aws:securetransport', 'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceip',
  'aws:sourceorgid', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:userid', 'aws:username', 'aws:viaawsservice', 'aws:calledviafirst', 'aws:calledvialast',
  'aws:multifactorauthpresent', 'aws:currenttime',
  'kms:viaservice', 'kms:calleraccount', 'kms:grantisforawsresource', 'iam:passedtoservice', 'sts:externalid', 'sts:rolesessionname',
  'bedrock-agentcore:inboundjwtclaim/iss', 'bedrock-agentcore:inboundjwtclaim/sub', 'bedrock-agentcore:inboundjwtclaim/client_id', 'bedrock-agentcore:userid',
]);

export function isOneValued(key: string): boolean {
  return ONE_VALUED.has(key) || /^(aws:(principal|resource|request)tag|kms:encryptioncontext:|secretsmanager:resourcetag|cloudformation condition )/.test(key);
}
