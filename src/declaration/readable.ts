import { CfnElement, CfnParameter, Reference, Token, Tokenization } from 'aws-cdk-lib';

/** What people read where a value is known at deployment only. */
const AT_DEPLOYMENT = '(known at deployment)';

/**
 * A value for people: literals as they are, pseudo parameters by their CloudFormation name, and anything else that only
 * deployment knows by the given words. Where it comes from is told beside: another parameter, import or stored parameter is another text.
 * The same input gives the same text, before and after synthesis.
 */
export function readable(value: string, otherwise: string): string {
  if (!Token.isUnresolved(value)) {
    return value;
  }
  const fragments = Tokenization.reverseString(value);
  return fragments.mapTokens({ mapToken: (token) => pseudoParameter(token) ?? words(token, otherwise) })
    .join({ join: (left: unknown, right: unknown) => `${left ?? ''}${right ?? ''}` }) as string;
}

function pseudoParameter(token: object): string | undefined {
  const value = (token as { value?: { Ref?: unknown } }).value;
  const name = value?.Ref;
  return typeof name === 'string' && name.startsWith('AWS::') ? `\${${name}}` : undefined;
}

function words(token: object, otherwise: string): string {
  const source = outside(token) ?? (otherwise === AT_DEPLOYMENT ? attribute(token) : undefined);
  return source === undefined ? otherwise : otherwise.endsWith(')') ? `${otherwise.slice(0, -1)}, ${source})` : `${otherwise} (${source})`;
}

/** What is not made by the app, so that no construct's path says it. */
function outside(token: object): string | undefined {
  const target = Reference.isReference(token) ? token.target : undefined;
  if (target instanceof CfnParameter) {
    return /^AWS::SSM::Parameter::Value/.test(target.type) && typeof target.default === 'string' ? `stored parameter ${target.default}` : `parameter ${target.node.path}`;
  }
  const { value } = token as { value?: unknown };
  if (typeof value === 'string') {
    return /^\{\{resolve:ssm:[^}]*\}\}$/.test(value) ? `stored parameter ${value.slice('{{resolve:ssm:'.length, -2)}` : undefined;
  }
  const name = (value as { 'Fn::ImportValue'?: unknown } | undefined)?.['Fn::ImportValue'];
  return typeof name === 'string' && !Token.isUnresolved(name) ? `import ${name}` : undefined;
}

function attribute(token: object): string | undefined {
  return Reference.isReference(token) && CfnElement.isCfnElement(token.target) ? `${token.displayName} of ${token.target.node.path.replace(/\/(Resource|Default)$/, '')}` : undefined;
}
