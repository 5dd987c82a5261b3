import { aws_kms as kms, Stack } from 'aws-cdk-lib';
import { textForStack, valueForStack } from '../declaration/cross-stack-value';
import { holdsPattern } from '../declaration/known-text';
import { Problem } from '../declaration/problem';
import { readable } from '../declaration/readable';
import { NamedResource } from '../permission/statement';

/** A customer-managed key as a policy names it: by its ARN, also behind an alias that knows its key. */
export function keyResource(consumer: Stack, key: kms.IKeyRef): NamedResource {
  const behind = keyBehind(key);
  const l1 = kms.CfnKey.isCfnKey(behind) ? behind : behind.node.defaultChild;
  const label = (arn: string) => `key ${readable(arn, behind.node.path)}`;
  if (kms.CfnKey.isCfnKey(l1)) {
    return { arn: valueForStack(consumer, l1, l1.attrArn), label: `key ${behind.node.path}` };
  }
  return { arn: textForStack(consumer, behind.keyRef.keyArn), label: label(behind.keyRef.keyArn) };
}

/** IAM compares key ARNs, so a grant on an alias would match nothing. */
export function keyProblems(key: kms.IKeyRef, what: string, code: string = 'ProviderSecret/KeyIsAlias'): Problem[] {
  const behind = keyBehind(key);
  const arn = behind.keyRef.keyArn;
  const wildcard: Problem[] = !holdsPattern(arn) ? [] : [{
    code: 'ProviderSecret/KeyWildcard', what: `${what} is a pattern`, received: arn, fix: 'Name one key.',
  }];
  return !('aliasName' in behind) && !arn.includes(':alias/') ? wildcard : [...wildcard, {
    code,
    what: `${what} is an alias`,
    received: arn.includes(':alias/') ? arn : behind.node.path,
    allowed: 'a key, or an alias that knows its key',
    fix: 'Import the key by its own ARN, Key.fromKeyArn(…): IAM does not follow aliases.',
  }];
}

/** The key itself, where an alias is given that knows it. */
export function keyBehind(key: kms.IKeyRef): kms.IKeyRef {
  try {
    return (key as { aliasTargetKey?: kms.IKeyRef }).aliasTargetKey ?? key;
  } catch {
    // An alias that was imported by name throws instead of telling that it does not know its key.
    return key;
  }
}
