import { EMPLOYEE, LONGER_ISSUER, OTHER_AUDIENCE, OTHER_ISSUER, Story, VAULT_ELSEWHERE } from './story';
import { sessionBindingApp } from '../../../examples/stories/session-binding/session-binding-app';

const AGENT = 'Standup/StandupFunction/ServiceRole';
const PAGE = 'Standup/ReturnPageFunction/ServiceRole';

export const sessionBinding: Story = {
  make: sessionBindingApp,
  acknowledged: { 'warning vault-without-customer-key Standup/Jira/Resource': VAULT_ELSEWHERE },
  rows: (at) => {
    const own = at.identity('Standup/Standup');
    const another = own.replace(/[^/]+$/, 'payroll');
    return [
      ['the page completes the consent of an employee', PAGE, at.complete(own, 'acme-jira', EMPLOYEE), 'Allowed'],
      ['not of somebody of another authorization server', PAGE, at.complete(own, 'acme-jira', OTHER_ISSUER), 'ImplicitlyDenied'],
      ['not of an issuer that begins alike', PAGE, at.complete(own, 'acme-jira', LONGER_ISSUER), 'ImplicitlyDenied'],
      ['not with a token that was made for something else', PAGE, at.complete(own, 'acme-jira', OTHER_AUDIENCE), 'ImplicitlyDenied'],
      ['not of an id without a token', PAGE, at.complete(own, 'acme-jira', { 'bedrock-agentcore:userid': 'okta+00u1' }), 'ImplicitlyDenied'],
      ['not at another provider', PAGE, at.complete(own, 'acme-github', EMPLOYEE), 'ImplicitlyDenied'],
      ['not of another agent', PAGE, at.complete(another, 'acme-jira', EMPLOYEE), 'ImplicitlyDenied'],
      ['the agent completes none', AGENT, at.complete(own, 'acme-jira', EMPLOYEE), 'ExplicitlyDenied'],
      ['the agent works with Jira', AGENT, at.oauth2Token(own, 'acme-jira'), 'Allowed'],
      ['the page does not', PAGE, at.oauth2Token(own, 'acme-jira'), 'ExplicitlyDenied'],
      ['the agent mints for an employee', AGENT, at.mintForToken(own, EMPLOYEE), 'Allowed'],
      ['the page does not', PAGE, at.mintForToken(own, EMPLOYEE), 'ExplicitlyDenied'],
      ['nor for an id', PAGE, at.mintForUserId(own, 'okta+00u1'), 'ExplicitlyDenied'],
      ['AgentCore reads the client\'s secret for the page', PAGE, at.readSecret('Standup/JiraClient', 'through AgentCore'), 'Allowed'],
      ['its code does not', PAGE, at.readSecret('Standup/JiraClient', 'directly'), 'ImplicitlyDenied'],
    ];
  },
};
