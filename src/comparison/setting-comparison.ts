import { Change } from './change';
import { ComparedSettings } from './compared-app';
import { matched } from './matched';

/** Properties that decide who gets in, where tokens go, or what holds callers back. Of others a change is only told. */
const DECIDING = /^(Authorizer|RequestHeader|AllowedResourceOauth2ReturnUrls|PolicyEngine|RoleArn|Interceptor|TargetConfiguration|Certificate|Waf|.*Config(Input)?$)/;

/** What became of AgentCore's resources, without their values: secrets may be among them. */
export function settingChanges(before: readonly ComparedSettings[], now: readonly ComparedSettings[]): Change[] {
  return matched(before, now, ({ id, kind }) => `${kind} ${id}`).pairs.flatMap((pair) => {
    const names = [...new Set([...Object.keys(pair.before.values), ...Object.keys(pair.now.values)])].sort();
    return names.filter((name) => pair.before.values[name] !== pair.now.values[name])
      .map((name): Change => ({ kind: DECIDING.test(name) ? 'undecided' : 'changed', subject: 'AgentCore resource', of: pair.now.id, what: `${pair.now.kind}: ${name}` }));
  });
}
