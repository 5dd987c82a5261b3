import { IConstruct } from 'constructs';

/** Path that a construct is about to get: its errors name it before there is a construct. */
export function pathOf(scope: IConstruct, id: string): string {
  return [scope.node.path, id].filter((part) => part !== '').join('/');
}
