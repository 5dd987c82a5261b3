import { ComparedPrincipal } from './compared-app';

/** The principals of one side; those that belong to agents are taken out, and compared with them. */
export class Principals {
  private readonly byName = new Map<string, ComparedPrincipal>();
  private readonly taken = new Set<ComparedPrincipal>();

  /** `resources`: all resources of the app, by type and path. */
  constructor(private readonly principals: readonly ComparedPrincipal[] | undefined, public readonly resources: ReadonlySet<string> = new Set()) {
    principals?.forEach((principal) => [...principal.aliases, principal.id].forEach((name) => this.byName.set(name, principal)));
  }

  /** Whether policies were read at all. */
  public get areKnown(): boolean {
    return this.principals !== undefined;
  }

  public get left(): readonly ComparedPrincipal[] {
    return (this.principals ?? []).filter((principal) => !this.taken.has(principal));
  }

  public find(name: string): ComparedPrincipal | undefined {
    return this.byName.get(name);
  }

  public take(principal: ComparedPrincipal): void {
    this.taken.add(principal);
  }
}
