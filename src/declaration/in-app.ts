import { IConstruct } from 'constructs';

/** Whether a construct is still in the tree in which it was made: nobody has removed it, nor anything that it is in. */
export function isInApp(construct: IConstruct): boolean {
  for (let each = construct; each.node.scope !== undefined; each = each.node.scope) {
    if (each.node.scope.node.tryFindChild(each.node.id) !== each) {
      return false;
    }
  }
  return true;
}
