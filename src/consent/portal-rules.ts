import { Stack, Token } from 'aws-cdk-lib';
import type { ConsentPortal, ConsentPortalProps } from './consent-portal';
import { AgentOwner } from '../agent/agent-owner';
import { expectAsDeclared } from '../declaration/declared-properties';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { GatewayInboundKind } from '../gateway/gateway-inbound';
import { OAuthGrantType } from '../gateway/oauth-grant-type';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { expectOneProvider } from '../provider/one-provider';

const FIELDS = ['owner', 'gateway', 'signIn', 'scopes', 'audience', 'portalName', 'description'];

/** Throws for properties that are missing or contradict each other. */
export function expectPortalProps(portal: ConsentPortal, props: ConsentPortalProps): void {
  const problems = new Problems(portal.node.path);
  expectKnownFields(problems, props, FIELDS, 'A consent portal', 'ConsentPortal/UnknownField');
  problems.expect(props?.owner instanceof AgentOwner, {
    code: 'ConsentPortal/Owner', what: 'the portal has no owner', received: props?.owner, fix: 'Write owner: AgentOwner.team(\'sales-tools\', \'sales-tools@example.com\').',
  });
  const gateway = problems.expect(typeof props?.gateway === 'object' && props.gateway !== null && '_engine' in props.gateway, {
    code: 'ConsentPortal/Gateway', what: 'it is not a gateway of this app', received: props?.gateway, fix: 'Pass a ToolGateway.',
  });
  if (gateway) {
    problems.expect(props.gateway.inbound.kind === GatewayInboundKind.JWT, {
      code: 'ConsentPortal/Inbound', what: 'callers of the gateway come without a user\'s token, so there is nobody to consent', received: props.gateway.inbound.kind, fix: 'Let callers in by GatewayInbound.jwt(...).',
    });
    problems.expect(Stack.of(props.gateway) === Stack.of(portal), {
      code: 'ConsentPortal/OtherStack', what: 'the portal is in another stack than its gateway, and each would wait for the other', received: props.gateway.node.path, fix: 'Put both into one stack.',
    });
    problems.expect(props.gateway._portal === undefined, {
      code: 'ConsentPortal/Twice', what: 'the gateway has a portal already', received: props.gateway._portal?.node.path, fix: 'Use that one.',
    });
  }
  const provider = problems.expect(typeof props?.signIn === 'object' && props.signIn !== null && 'oAuth2CredentialProviderRef' in props.signIn && 'clientSecret' in props.signIn, {
    code: 'ConsentPortal/SignIn', what: 'signIn is not an OAuth2 provider of this library', ...(typeof props?.signIn === 'string' ? {} : { received: props?.signIn }), fix: 'Pass the provider for the issuer of the gateway\'s callers.',
  });
  if (provider) {
    expectOneProvider(problems, props.signIn, 'ConsentPortal/SignIn');
    problems.expect(!knownToDiffer(props.signIn.env.account, portal.env.account) && !knownToDiffer(props.signIn.env.region, portal.env.region), {
      code: 'ConsentPortal/SignIn', what: 'the provider for signing in is in another account or region', received: props.signIn.node.path, fix: 'Make a provider where the portal is.',
    });
  }
  problems.expect(Array.isArray(props?.scopes) && props.scopes.every((scope) => scope instanceof OAuth2Scope), {
    code: 'ConsentPortal/Scopes', what: 'scopes takes scopes', received: props?.scopes, fix: 'Write scopes: [] for openid alone, or name more.',
  });
  if (props?.portalName !== undefined) {
    problems.expectText(props.portalName, {
      name: 'portalName', code: 'ConsentPortal/Name', maximum: 50, pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, allowed: '1 to 50 small letters and digits with single hyphens between them', fix: 'Change it, or leave it out: the role is trusted for portals of this name.',
    });
  }
  if (props?.audience !== undefined) {
    problems.expectText(props.audience, {
      name: 'audience', code: 'ConsentPortal/Audience', maximum: 512, pattern: /^(?!.*\$\{)[^\s*]+$/, allowed: 'a value of the aud claim, without blanks', fix: 'Copy it from a token.',
    });
  }
  problems.raise();
}

/** What only shows when all targets are declared. */
export function portalProblems(portal: ConsentPortal): Problems {
  const problems = new Problems(portal.node.path);
  const { gateway, connectUrl } = portal;
  const targets = gateway.targets.filter(({ credentials }) => credentials.grantType === OAuthGrantType.AUTHORIZATION_CODE);
  problems.expect(targets.length > 0, {
    code: 'ConsentPortal/NothingToConsent', what: 'no target of the gateway acts with a user\'s consent', received: gateway.targets.map(({ targetName }) => targetName), fix: 'Give a target grantType: OAuthGrantType.AUTHORIZATION_CODE, or leave the portal out.',
  });
  const elsewhere = targets.filter(({ credentials }) => credentials._oauth2?.defaultReturnUrl !== connectUrl);
  problems.expect(elsewhere.length === 0, {
    code: 'ConsentPortal/ReturnUrl',
    what: 'after consent users would not return to the portal',
    received: elsewhere.map(({ targetName, credentials: { _oauth2: oauth2 } }) => `${targetName}: ${Token.isUnresolved(oauth2?.defaultReturnUrl) ? '(known at deployment)' : oauth2?.defaultReturnUrl}`),
    fix: 'Write defaultReturnUrl: portal.connectUrl.',
  });
  expectAsDeclared(problems, portal, {
    code: 'ConsentPortal/ChangedElsewhere',
    fix: 'Write it on the ConsentPortal: portalName, signIn, scopes, audience, gateway; its role and the role\'s policies are its own, and follow from the targets of the gateway.',
  });
  return problems;
}
