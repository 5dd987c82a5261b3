import { Fn, Token } from 'aws-cdk-lib';
import { holdsPattern, knownText } from './known-text';
import { ArnScope } from '../permission/arn-scope';

/** Place and name of a resource of AgentCore Identity, read from its ARN. */
export interface NamedPlace {
  readonly scope: ArnScope;
  readonly name: string;
}

/**
 * Reads an ARN `arn:<partition>:bedrock-agentcore:<region>:<account>:<path>/<name>`. Any of the four, or the whole, may be a
 * deploy-time value; what is known has to be right. Returns nothing for anything else.
 */
export function placeOf(arn: unknown, path: string, name: RegExp): NamedPlace | undefined {
  if (typeof arn !== 'string') {
    return undefined;
  }
  if (Token.isUnresolved(arn) && knownText(arn) === '') {
    const part = (index: number) => Fn.select(index, Fn.split(':', arn));
    return { scope: { partition: part(1), region: part(3), account: part(4) }, name: Fn.select(3, Fn.split('/', arn)) };
  }
  const [prefix, partition, service, region, account, resource, ...rest] = arn.split(':');
  const fits = (value: string | undefined, pattern: RegExp) => value !== undefined
    && (Token.isUnresolved(value) ? !holdsPattern(value) && !knownText(value).includes('/') : pattern.test(value));
  const resourceName = resource?.startsWith(`${path}/`) ? resource.slice(path.length + 1) : undefined;
  const good = prefix === 'arn' && service === 'bedrock-agentcore' && rest.length === 0
    && fits(partition, /^[a-z-]+$/) && fits(region, /^[a-z0-9-]+$/) && fits(account, /^\d{12}$/) && fits(resourceName, name);
  return good ? { scope: { partition, region, account }, name: resourceName! } : undefined;
}
