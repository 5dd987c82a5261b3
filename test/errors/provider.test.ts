import { Aws, aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { expectRefusal, refusalOf } from './refusal';
import { clientSecret, importedSecret, lazy, parameter, salesStack } from './story';
import { ApiKey, ApiKeyProvider, ClientSecret, GoogleOAuth2Provider, OAuth2Provider } from '../../src';

const CLIENT_ID = '1234.apps.googleusercontent.com';
const NO_NAME = {
  code: 'Provider/Name',
  what: 'credential provider name is not valid',
  allowed: '1 to 128 letters, digits, hyphens and underscores',
  fix: 'Change the name, or leave it out to have one derived',
};

/** Names that are refused whichever way they are given. */
const NO_NAMES: [string, unknown, string][] = [
  ['empty', '', '""'],
  ['blank', ' ', '" "'],
  ['a number', 7, '7'],
  ['with a blank', 'google calendar', '"google calendar"'],
  ['with a dot', 'google.calendar', '"google.calendar"'],
  ['with a slash', 'google/calendar', '"google/calendar"'],
  ['with an umlaut', 'kalender-für-alle', '"kalender-für-alle"'],
  ['with a letter that only looks like one', 'gооgle', '"gооgle"'],
  ['followed by a line end', 'google\n', '"google\\n"'],
  ['a wildcard', '*', '"*"'],
  ['with a wildcard at the end', 'google-*', '"google-*"'],
  ['with a one-character wildcard', 'google-?', '"google-?"'],
  ['an IAM variable', '${aws:PrincipalTag/provider}', '"${aws:PrincipalTag/provider}"'],
  ['129 characters long', 'x'.repeat(129), `"${'x'.repeat(129)}"`],
];

describe('an OAuth2 provider', () => {
  const made = (props: object) => (): GoogleOAuth2Provider => {
    const stack = salesStack();
    return new GoogleOAuth2Provider(stack, 'Google', { clientId: CLIENT_ID, clientSecret: clientSecret(stack), ...props });
  };

  test.each<[string, unknown, string | undefined]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '  ', '"  "'],
    ['a number', 1234, '1234'],
    // A text may be the secret, so it is not shown.
    ['with a blank', '1234 5678', undefined],
    ['followed by a line end', '1234\n', undefined],
    ['257 characters long', 'x'.repeat(257), undefined],
  ])('whose client id is %s', (_situation, clientId, received) => {
    expectRefusal(made({ clientId }), {
      code: 'OAuth2Provider/ClientId',
      what: 'clientId is not valid',
      received,
      allowed: '1 to 256 characters without blanks',
      fix: 'Use the id that the authorization server gave the client',
      path: 'Sales/Google',
    });
  });

  test.each(NO_NAMES)('whose name is %s', (_situation, providerName, received) => {
    expectRefusal(made({ providerName }), { ...NO_NAME, received, path: 'Sales/Google' });
  });

  test.each<[string, object, string]>([
    ['of another vendor', { tenantId: '8d9b1c2e' }, '["tenantId"]'],
    ['of the L1', { name: 'google', credentialProviderVendor: 'GoogleOauth2' }, '["name", "credentialProviderVendor"]'],
    ['misspelled', { clientID: '1234' }, '["clientID"]'],
  ])('with fields that are %s', (_situation, fields, received) => {
    expectRefusal(made(fields), {
      code: 'OAuth2Provider/UnknownField',
      what: 'A client of vendor GoogleOauth2 does not have th',
      received,
      allowed: 'clientId, clientSecret, providerName',
      fix: 'Remove it, or correct its name',
      path: 'Sales/Google',
    });
  });

  test('whose problems are independent: they come together', () => {
    expect(refusalOf(made({ clientId: '', clientSecret: undefined, providerName: '*', tenantId: 'x' })).codes).toEqual([
      'OAuth2Provider/UnknownField', 'OAuth2Provider/ClientId', 'ProviderSecret/Missing', 'Provider/Name',
    ]);
  });

  test.each([
    ['one character', 'g'],
    ['every kind of character', 'Google_Calendar-2'],
    ['128 characters', 'x'.repeat(128)],
    ['known only at deployment', lazy('google')],
    ['partly known only at deployment', `google-${Aws.REGION}`],
  ])('taken: a name of %s', (_situation, providerName) => {
    expect(made({ providerName })().providerName).toBe(providerName);
  });

  test('taken: a client id that only deployment knows', () => {
    expect(made({ clientId: lazy(CLIENT_ID) })).not.toThrow();
  });
});

describe('an API-key provider', () => {
  const made = (props: object) => (): ApiKeyProvider => {
    const stack = salesStack();
    return new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(importedSecret(stack), 'api_key'), ...props });
  };

  test.each(NO_NAMES)('whose name is %s', (_situation, providerName, received) => {
    expectRefusal(made({ providerName }), { ...NO_NAME, received, path: 'Sales/Weather' });
  });

  test('with a field that it does not have', () => {
    expectRefusal(made({ clientId: '1234' }), {
      code: 'ApiKeyProvider/UnknownField',
      what: 'An API-key provider does not have this field',
      received: '["clientId"]',
      allowed: 'apiKey, providerName',
      fix: 'Remove it, or correct its name',
      path: 'Sales/Weather',
    });
  });

  test('whose problems are independent: they come together', () => {
    expect(refusalOf(made({ apiKey: undefined, providerName: '*', clientId: 'x' })).codes)
      .toEqual(['ApiKeyProvider/UnknownField', 'ProviderSecret/Missing', 'Provider/Name']);
  });
});

/** The two families of imports, of one shape. */
const FAMILIES: [string, string, string, Family][] = [
  ['an OAuth2 provider', 'oauth2credentialprovider', 'apikeycredentialprovider', {
    byName: (scope, name) => OAuth2Provider.fromProviderName(scope, 'Imported', name, { clientSecret: ClientSecret.managedByAgentCore() }),
    byArn: (scope, arn) => OAuth2Provider.fromProviderArn(scope, 'Imported', arn, { clientSecret: ClientSecret.managedByAgentCore() }),
  }],
  ['an API-key provider', 'apikeycredentialprovider', 'oauth2credentialprovider', {
    byName: (scope, name) => ApiKeyProvider.fromProviderName(scope, 'Imported', name, { apiKey: ApiKey.managedByAgentCore() }),
    byArn: (scope, arn) => ApiKeyProvider.fromProviderArn(scope, 'Imported', arn, { apiKey: ApiKey.managedByAgentCore() }),
  }],
];

interface Family {
  byName(scope: Construct, name: string): { readonly providerArn: string; readonly providerName: string };
  byArn(scope: Construct, arn: string): { readonly providerArn: string; readonly providerName: string };
}

describe.each(FAMILIES)('an import of %s', (_which, family, otherFamily, provider) => {
  const PLACE = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';

  test.each<[string, unknown, string]>([['missing', undefined, 'nothing'], ['null', null, 'null'], ...NO_NAMES])('whose name is %s', (_situation, name, received) => {
    expectRefusal(() => provider.byName(salesStack(), name as string), {
      ...NO_NAME, received, fix: 'Give the name that the provider has; for an ARN write fromProviderArn', path: 'Sales/Imported',
    });
  });

  test('whose name is an ARN', () => {
    const arn = `${PLACE}:token-vault/default/${family}/google`;
    expectRefusal(() => provider.byName(salesStack(), arn), { ...NO_NAME, received: `"${arn}"`, fix: 'It is an ARN: write fromProviderArn(scope, id, arn, options)', path: 'Sales/Imported' });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['empty', ''],
    ['the name', 'google'],
    ['of the other family', `${PLACE}:token-vault/default/${otherFamily}/google`],
    ['spelled as a page of the documentation spells it', `${PLACE}:token-vault/default/oauth2-credential-provider/google`],
    ['spelled as another page spells it', `${PLACE}:token-vault/default/oauthcredentialprovider/google`],
    ['directly under the account, as an old template has it', `${PLACE}:${family}/google`],
    ['of another service', `arn:aws:acps:eu-west-1:111111111111:token-vault/default/${family}/google`],
    ['of the vault', `${PLACE}:token-vault/default`],
    ['of another vault', `${PLACE}:token-vault/other/${family}/google`],
    ['of the secret', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-AbCdEf'],
    ['without region', `arn:aws:bedrock-agentcore::111111111111:token-vault/default/${family}/google`],
    ['without account', `arn:aws:bedrock-agentcore:eu-west-1::token-vault/default/${family}/google`],
    ['of any account', `arn:aws:bedrock-agentcore:eu-west-1:*:token-vault/default/${family}/google`],
    ['of any region', `arn:aws:bedrock-agentcore:*:111111111111:token-vault/default/${family}/google`],
    ['of any provider', `${PLACE}:token-vault/default/${family}/*`],
    ['of any provider that begins so', `${PLACE}:token-vault/default/${family}/google-*`],
    ['of an IAM variable', `${PLACE}:token-vault/default/${family}/\${aws:username}`],
    ['with something behind', `${PLACE}:token-vault/default/${family}/google/secret`],
    ['followed by a line end', `${PLACE}:token-vault/default/${family}/google\n`],
    ['with a name of 129 characters', `${PLACE}:token-vault/default/${family}/${'x'.repeat(129)}`],
  ])('whose ARN is %s', (_situation, arn) => {
    const shown = JSON.stringify(arn);
    expectRefusal(() => provider.byArn(salesStack(), arn as string), {
      code: 'Provider/Arn',
      what: 'credential provider ARN is not valid',
      received: shown.length <= 160 ? shown : `${shown.slice(0, 160)}…`,
      allowed: `arn:<partition>:bedrock-agentcore:<region>:<account>:token-vault/default/${family}/<name>`,
      fix: 'Copy it from the provider; several pages of the documentation print other spellings',
      path: 'Sales/Imported',
    });
  });

  test.each([
    ['a plain one', `arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/${family}/google`],
    ['of China', `arn:aws-cn:bedrock-agentcore:cn-north-1:111111111111:token-vault/default/${family}/Google_2`],
    ['of GovCloud', `arn:aws-us-gov:bedrock-agentcore:us-gov-west-1:111111111111:token-vault/default/${family}/${'x'.repeat(128)}`],
  ])('taken: the ARN of %s', (_situation, arn) => {
    expect(provider.byArn(salesStack(), arn).providerArn).toBe(arn);
  });

  test('taken: a name and an ARN that only deployment knows', () => {
    const stack = salesStack();
    expect(stack.resolve(provider.byName(new Construct(stack, 'A'), parameter(stack, 'Name')).providerName)).toEqual({ Ref: 'Name' });
    expect(stack.resolve(provider.byArn(new Construct(stack, 'B'), parameter(stack, 'Arn')).providerName))
      .toEqual({ 'Fn::Select': [3, { 'Fn::Split': ['/', { Ref: 'Arn' }] }] });
  });
});

describe('an import of a provider that another construct made', () => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['OAuth2', (stack) => {
      const l1 = new agentcore.CfnOAuth2CredentialProvider(stack, 'L1', { name: 'google', credentialProviderVendor: 'GoogleOauth2', oauth2ProviderConfigInput: {} });
      return OAuth2Provider.fromProviderRef(stack, 'Imported', l1, { clientSecret: 'value' as any });
    }],
    ['API key', (stack) => {
      const l1 = new agentcore.CfnApiKeyCredentialProvider(stack, 'L1', { name: 'weather' });
      return ApiKeyProvider.fromProviderRef(stack, 'Imported', l1, { apiKey: 'value' as any });
    }],
  ])('has to say where its secret is: %s', (_which, imported) => {
    expect(refusalOf(() => imported(salesStack())).codes).toEqual(['ProviderSecret/PlaintextRefused']);
  });
});
