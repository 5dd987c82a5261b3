/** An account and a region, or the pseudo parameters `${AWS::AccountId}` and `${AWS::Region}` where only deployment knows them. */
export interface EnvironmentAccess {
  /** Account id. */
  readonly account: string;
  /** Name of the region. */
  readonly region: string;
}
