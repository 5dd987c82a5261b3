/** A team, and how to reach it. */
export interface OwnerAccess {
  /** Name of the team. */
  readonly name: string;
  /** Where it is reached. */
  readonly contact: string;
}
