import { Entries, REPORTED_KINDS, Saying, Section } from './reported-kinds';
import type { AccessModel } from '../review/access-model';

/** A resource of the templates. */
export interface Place {
  readonly id: string;
  readonly kind: string;
}

/** What stands in a report of what a property is made of. */
export interface Said {
  readonly words: unknown;
  /** Parts of the property that stand in the report in other words. */
  readonly parts: readonly RegExp[];
  /** Those words, part by part. */
  readonly members: readonly unknown[];
}

/** What one report says, by the paths of resources. */
export class ReportedPlaces {
  private readonly owners = new Map<string, { readonly section: Section; readonly entry: Entries[Section]; readonly lasting: string }>();
  private readonly lasting = new Map<string, string>();

  constructor(private readonly model: AccessModel | undefined) {
    const put = (section: Section, entry: Entries[Section], ...lasting: readonly string[]) => {
      const text = [section, ...lasting].join(' ');
      this.owners.set(entry.path, { section, entry, lasting: text });
      this.lasting.set(text, entry.path);
    };
    const place = ({ account, region }: { readonly account: string; readonly region: string }) => `${account} ${region}`;
    for (const agent of model?.agents ?? []) put('agents', agent, agent.identity.name, place(agent.environment));
    for (const provider of model?.providers ?? []) put('providers', provider, provider.kind, provider.name, place(provider.environment));
    for (const gateway of model?.gateways ?? []) {
      put('gateways', gateway, gateway.name, place(gateway.environment));
      if (gateway.consentPortal !== undefined) {
        this.owners.set(gateway.consentPortal.path, this.owners.get(gateway.path)!);
      }
    }
    for (const client of model?.machineClients ?? []) put('machineClients', client, client.issuer, client.clientId);
    for (const vault of model?.tokenVaults ?? []) put('tokenVaults', vault, place(vault.environment), String(vault.setHere));
  }

  /** `undefined`: the report says nothing of the property. */
  public saying(property: string, place: Place | undefined): Said | undefined {
    const owned = place === undefined ? undefined : this.ownerOf(place);
    const kind = owned === undefined ? undefined : REPORTED_KINDS[place!.kind];
    const saying = kind?.properties[property] as Saying<Entries[Section]> | undefined;
    if (owned === undefined || saying === undefined || kind?.section !== owned.section) {
      return undefined;
    }
    const told = { id: place!.id, model: this.model! };
    const { words, parts = [] } = saying;
    return { words: words?.(owned.entry, told), parts: parts.map(([part]) => part), members: parts.map(([, member]) => member(owned.entry, told)) };
  }

  public has(place: Place): boolean {
    const owned = this.ownerOf(place);
    return owned !== undefined && REPORTED_KINDS[place.kind]?.section === owned.section;
  }

  /** Where a resource of the other report would be in this one. `undefined`: its agent, gateway or the like is not in this one. */
  public samePlace(place: Place, other: ReportedPlaces): Place | undefined {
    const owned = other.ownerOf(place);
    if (owned === undefined || this.owners.get(owned.path)?.section === owned.section) {
      return owned === undefined ? undefined : place;
    }
    const path = this.lasting.get(owned.lasting);
    // What is still at its path did not move.
    return path === undefined || other.owners.has(path) ? undefined : { ...place, id: `${path}${place.id.slice(owned.path.length)}` };
  }

  public stablePlace(place: Place): string | undefined {
    const owned = this.ownerOf(place);
    return owned === undefined ? undefined : `${place.kind} ${owned.lasting} ${place.id.slice(owned.path.length)}`;
  }

  private ownerOf({ id }: Place) {
    for (let path = id; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      const owned = this.owners.get(path);
      if (owned !== undefined) {
        return { ...owned, path };
      }
    }
    return undefined;
  }
}
