import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Token, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a value is: a reference to a resource itself (`Ref`, or its ARN), or a text. */
export interface ReferenceOrText {
  readonly resource?: CfnElement;
  /** A literal as it is. What deployment makes is one text for one expression about the same resources. Nothing for no value. */
  readonly text?: string;
}

/** Reads a value that may be a token. The resource behind a reference is told even where another stack would read it in another way. */
export function referenceOrText(scope: IConstruct, value: unknown): ReferenceOrText {
  if (typeof value === 'string' && !Token.isUnresolved(value)) {
    return { text: value };
  }
  const resolver = new Marking();
  const read: unknown = Tokenization.resolve(value, { scope, resolver, preparing: false });
  const [first, ...others] = typeof read === 'object' && read !== null ? Object.entries(read) : [];
  const resource = first !== undefined && others.length === 0 && ['Ref', 'Arn'].includes(first[0]) ? resolver.targets.get(first[1]) : undefined;
  return { resource, text: read === undefined || read === null ? undefined : typeof read === 'string' ? read : JSON.stringify(read) };
}

/** Keeps the pieces of an expression apart. */
class Pieces {
  public join(left: unknown, right: unknown): unknown {
    return left === undefined ? right : right === undefined ? left : typeof left === 'string' && typeof right === 'string' ? left + right : { pieces: [left, right] };
  }
}

/** Puts a resource's path in place of a reference to it: logical ids alone do not tell two stacks apart. */
class Marking extends DefaultTokenResolver {
  public readonly targets = new Map<unknown, CfnElement>();

  constructor() {
    super(new Pieces());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target)) {
      this.targets.set(token.target.node.path, token.target);
      return { [token.displayName]: token.target.node.path };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
