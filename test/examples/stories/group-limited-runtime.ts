import { EMPLOYEE, LOGS_ELSEWHERE, OTHER_ISSUER, Story, VAULT_ELSEWHERE } from './story';
import { groupLimitedRuntimeApp } from '../../../examples/stories/group-limited-runtime/group-limited-runtime-app';

const SCHEDULER = 'Sales/SchedulerRole';
const PAGE = 'Sales/ReturnPage/ServiceRole';

export const groupLimitedRuntime: Story = {
  make: groupLimitedRuntimeApp,
  acknowledged: {
    'warning vault-without-customer-key Sales/Google/Resource': VAULT_ELSEWHERE,
    'info runtime-without-logs Sales/SchedulerRuntime': LOGS_ELSEWHERE,
  },
  rows: (at) => {
    const own = at.identityOfRuntime('Sales/SchedulerRuntime');
    const another = own.replace(/[^/]+$/, 'payroll-a1B2c3D4e5');
    return [
      ['the scheduler uses the calendar under the identity of its runtime', SCHEDULER, at.oauth2Token(own, 'acme-sales-calendar'), 'Allowed'],
      ['not under that of another runtime', SCHEDULER, at.oauth2Token(another, 'acme-sales-calendar'), 'ImplicitlyDenied'],
      ['no other provider', SCHEDULER, at.oauth2Token(own, 'acme-jira'), 'ImplicitlyDenied'],
      ['AWS mints, so its code cannot for an employee, of whatever group', SCHEDULER, at.mintForToken(own, EMPLOYEE), 'ExplicitlyDenied'],
      ['nor for itself', SCHEDULER, at.mintAsItself(own), 'ExplicitlyDenied'],
      ['nor for an id', SCHEDULER, at.mintForUserId(own, 'manager@acme.example'), 'ExplicitlyDenied'],
      ['nor complete a consent', SCHEDULER, at.complete(own, 'acme-sales-calendar', EMPLOYEE), 'ExplicitlyDenied'],
      ['the return page does', PAGE, at.complete(own, 'acme-sales-calendar', EMPLOYEE), 'Allowed'],
      ['not for somebody of another authorization server', PAGE, at.complete(own, 'acme-sales-calendar', OTHER_ISSUER), 'ImplicitlyDenied'],
      ['the client\'s secret is read through AgentCore', SCHEDULER, at.readSecret('Sales/GoogleClient', 'through AgentCore'), 'Allowed'],
      ['and not by the code', SCHEDULER, at.readSecret('Sales/GoogleClient', 'directly'), 'ImplicitlyDenied'],
    ];
  },
};
