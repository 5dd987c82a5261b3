import { readable } from '../declaration/readable';
import { NamedResource, Statement } from '../permission/statement';

/** The ARNs of a statement's resources. Where only deployment knows one, it is named by what it belongs to. */
export function readableArns({ resources, notResources }: Statement): string[] {
  return (resources ?? notResources ?? []).map(({ arn, label }: NamedResource) => readable(arn, `(ARN of ${label})`));
}
