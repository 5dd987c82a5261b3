/** Where a resource lives. Each member may be a deploy-time value. */
export interface ArnScope {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}
