import { LOGS_ELSEWHERE, Story, VAULT_ELSEWHERE } from './story';
import { trustedFrontEndApp } from '../../../examples/stories/trusted-front-end/trusted-front-end-app';

const WEB = 'Portal/WebFunction/ServiceRole';
const NIGHTLY = 'Portal/NightlyFunction/ServiceRole';
const AGENT = 'Portal/VisitsRole';
const PAGE = 'Portal/ReturnPageFunction/ServiceRole';
const SUPPORT = 'arn:aws:iam::111122223333:role/support';
const id = (value: string) => ({ 'bedrock-agentcore:userid': value });

export const trustedFrontEnd: Story = {
  make: trustedFrontEndApp,
  acknowledged: {
    'warning vault-without-customer-key Portal/Google/Resource': VAULT_ELSEWHERE,
    'info runtime-without-logs Portal/VisitsRuntime': LOGS_ELSEWHERE,
    'info runtime-without-user-token Portal/VisitsRuntime': 'The portal names the customer, which is what the story is about; nobody else may',
  },
  externalPolicies: { [SUPPORT]: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'bedrock-agentcore:*', Resource: '*' }] } },
  rows: (at) => {
    const own = at.identityOfRuntime('Portal/VisitsRuntime');
    const forUser = at.invoke('Portal/VisitsRuntime', 'InvokeAgentRuntimeForUser');
    return [
      ['the portal invokes the agent', WEB, at.invoke('Portal/VisitsRuntime'), 'Allowed'],
      ['and for a customer whom it names', WEB, forUser, 'Allowed'],
      ['not as a stream, which it did not ask for', WEB, at.invoke('Portal/VisitsRuntime', 'InvokeAgentRuntimeWithWebSocketStreamForUser'), 'ImplicitlyDenied'],
      ['the nightly job invokes the agent', NIGHTLY, at.invoke('Portal/VisitsRuntime'), 'Allowed'],
      ['and names nobody', NIGHTLY, forUser, 'ExplicitlyDenied'],
      ['a role that may do everything with AgentCore names nobody', SUPPORT, forUser, 'ExplicitlyDenied'],
      ['nor invokes the agent at all', SUPPORT, at.invoke('Portal/VisitsRuntime'), 'ExplicitlyDenied'],
      ['the agent does not invoke itself', AGENT, at.invoke('Portal/VisitsRuntime'), 'ExplicitlyDenied'],
      ['the agent uses the calendar', AGENT, at.oauth2Token(own, 'acme-portal-calendar'), 'Allowed'],
      ['no other provider', AGENT, at.oauth2Token(own, 'acme-jira'), 'ImplicitlyDenied'],
      ['it does not choose the customer', AGENT, at.mintForUserId(own, 'cognito+4f1c2d'), 'ExplicitlyDenied'],
      ['nor does the portal, but by invoking', WEB, at.mintForUserId(own, 'cognito+4f1c2d'), 'ImplicitlyDenied'],
      ['the return page completes the consent of a customer', PAGE, at.complete(own, 'acme-portal-calendar', id('cognito+4f1c2d')), 'Allowed'],
      ['not of an id of another issuer', PAGE, at.complete(own, 'acme-portal-calendar', id('okta+4f1c2d')), 'ImplicitlyDenied'],
      ['nor of one that only holds the prefix', PAGE, at.complete(own, 'acme-portal-calendar', id('x-cognito+4f1c2d')), 'ImplicitlyDenied'],
    ];
  },
};
