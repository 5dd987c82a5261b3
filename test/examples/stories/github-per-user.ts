import { VAULT_KEY } from './deployed-story';
import { EMPLOYEE, LONGER_ISSUER, OTHER_AUDIENCE, OTHER_ISSUER, Story, VAULT_ELSEWHERE } from './story';
import { gitHubPerUserApp } from '../../../examples/stories/github-per-user/github-per-user-app';

const REVIEWER = 'Reviews/ReviewerFunction/ServiceRole';
const PAGE = 'Reviews/ReturnPageFunction/ServiceRole';

export const gitHubPerUser: Story = {
  make: gitHubPerUserApp,
  acknowledged: { 'warning vault-without-customer-key Reviews/GitHub/Resource': VAULT_ELSEWHERE },
  rows: (at) => {
    const own = at.identity('Reviews/Reviewer');
    const another = own.replace(/[^/]+$/, 'payroll');
    return [
      ['the reviewer gets a token for an engineer who is signed in', REVIEWER, at.mintForToken(own, EMPLOYEE), 'Allowed'],
      ['not for somebody of another authorization server', REVIEWER, at.mintForToken(own, OTHER_ISSUER), 'ImplicitlyDenied'],
      ['not for an issuer that begins alike', REVIEWER, at.mintForToken(own, LONGER_ISSUER), 'ImplicitlyDenied'],
      ['not with a token that was made for something else', REVIEWER, at.mintForToken(own, OTHER_AUDIENCE), 'ImplicitlyDenied'],
      ['not for an id without a token', REVIEWER, at.mintForUserId(own, 'engineer@acme.example'), 'ExplicitlyDenied'],
      ['not for itself: there is no shared token any more', REVIEWER, at.mintAsItself(own), 'ExplicitlyDenied'],
      ['not under another agent\'s identity', REVIEWER, at.mintForToken(another, EMPLOYEE), 'ExplicitlyDenied'],
      ['it uses GitHub as that engineer', REVIEWER, at.oauth2Token(own, 'acme-github'), 'Allowed'],
      ['no other provider', REVIEWER, at.oauth2Token(own, 'acme-jira'), 'ImplicitlyDenied'],
      ['nor GitHub under another identity', REVIEWER, at.oauth2Token(another, 'acme-github'), 'ImplicitlyDenied'],
      ['AgentCore reads the client\'s secret for it', REVIEWER, at.readSecret('Reviews/GitHubClient', 'through AgentCore'), 'Allowed'],
      ['its code does not', REVIEWER, at.readSecret('Reviews/GitHubClient', 'directly'), 'ImplicitlyDenied'],
      ['AgentCore opens the vault for it', REVIEWER, at.decrypt(VAULT_KEY, 'bedrock-agentcore-identity'), 'Allowed'],
      ['its code does not', REVIEWER, at.decrypt(VAULT_KEY), 'ImplicitlyDenied'],
      ['nor does another service', REVIEWER, at.decrypt(VAULT_KEY, 'secretsmanager'), 'ImplicitlyDenied'],
      ['it does not complete a consent', REVIEWER, at.complete(own, 'acme-github', EMPLOYEE), 'ExplicitlyDenied'],
      ['the return page does', PAGE, at.complete(own, 'acme-github', EMPLOYEE), 'Allowed'],
    ];
  },
};
