import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { judgeOf } from './decision';
import { deploy } from './fake-account';
import { document, GITHUB, GOOGLE, INTRUDER, ISSUER, SCHEDULER, schedulerStory, trust, VAULT } from './scheduler-story';
import { everyRequest, type Named, sweep } from './sweep';

test('a sweep returns exactly what is allowed', async () => {
  const { app, stack, secret, key } = schedulerStory();
  const account = deploy(app);
  const iss = 'bedrock-agentcore:InboundJwtClaim/iss';
  const aud = 'bedrock-agentcore:InboundJwtClaim/aud';
  const requests = everyRequest({
    identities: { scheduler: SCHEDULER, intruder: INTRUDER },
    oauth2Providers: { google: GOOGLE, github: GITHUB },
    apiKeyProviders: { weather: `${VAULT}/apikeycredentialprovider/weather`, news: `${VAULT}/apikeycredentialprovider/news` },
    secrets: { google: account.valueOf(stack, secret.ref), managed: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:other-AbCdEf' },
    keys: { secrets: account.valueOf(stack, key.attrArn) },
    keyServices: { secretsmanager: 'secretsmanager.eu-west-1.amazonaws.com', vault: 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' },
    jwtContexts: {
      'right': { [iss]: ISSUER, [aud]: ['agents'] },
      'wrong issuer': { [iss]: 'https://evil.example', [aud]: ['agents'] },
      'wrong audience': { [iss]: ISSUER, [aud]: ['web'] },
    },
    userIds: { jo: 'acme+jo' },
  });
  expect(await sweep(account, { scheduler: 'scheduler', intruder: 'intruder' }, requests)).toEqual([
    'scheduler | Decrypt | key=secrets via=secretsmanager',
    'scheduler | GetResourceApiKey | identity=scheduler provider=weather',
    'scheduler | GetResourceOauth2Token | identity=scheduler provider=google',
    'scheduler | GetSecretValue | secret=google through a service',
    'scheduler | GetWorkloadAccessTokenForJWT | identity=scheduler jwt=right',
  ]);
});

test('a change of the control plane is seen', async () => {
  const account = deploy(schedulerStory({ Effect: 'Allow', Action: ['bedrock-agentcore:Update*', 'bedrock-agentcore:SetTokenVaultCMK'], Resource: `${VAULT}*` }).app);
  const requests = everyRequest({ identities: { scheduler: SCHEDULER }, oauth2Providers: { google: GOOGLE } });
  expect(await sweep(account, { scheduler: 'scheduler' }, requests)).toEqual([
    'scheduler | GetResourceOauth2Token | identity=scheduler provider=google',
    'scheduler | SetTokenVaultCMK | vault=eu-west-1',
    'scheduler | UpdateOauth2CredentialProvider | provider=google',
  ]);
});

test('a fleet of 20 agents and 20 providers takes seconds', async () => {
  const app = new App();
  const stack = new Stack(app, 'Fleet');
  const many = <T>(make: (index: number) => T): Named<T> => Object.fromEntries([...Array(20).keys()].map(index => [`n${index}`, make(index)]));
  const identities = many(index => `${SCHEDULER}${index}`);
  const oauth2Providers = many(index => `${GOOGLE}${index}`);
  const roles = many(index => {
    const resources = [identities[`n${index}`], oauth2Providers[`n${index}`], VAULT, SCHEDULER.split('/workload-identity/')[0]];
    new iam.CfnRole(stack, `Role${index}`, {
      roleName: `agent${index}`,
      assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      policies: [{ policyName: 'Use', policyDocument: document({ Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceOauth2Token', Resource: resources }) }],
    });
    return `agent${index}`;
  });
  const account = deploy(app);
  const requests = everyRequest({ identities, oauth2Providers, jwtContexts: { right: { 'bedrock-agentcore:InboundJwtClaim/iss': ISSUER } } });
  const start = performance.now();
  const allowed = await sweep(account, roles, requests);
  const seconds = (performance.now() - start) / 1000;
  expect(allowed).toHaveLength(20);
  expect(requests.length * 20 / seconds).toBeGreaterThan(1000);
  if (process.env.SWEEP_SPEED) {
    process.stdout.write(`${requests.length * 20} requests, ${judgeOf(account).simulations} simulations, ${seconds.toFixed(2)} s\n`);
  }
});
