import { Dirent, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'fs';
import { dirname, join, relative, sep } from 'path';

/**
 * Links what is installed in a work tree into a tree that is checked out beside it: the `node_modules` at the top, of a folder, and of those
 * between. Packages that live in the repository itself (workspaces) are those of the other tree, or its app would be built of today's sources.
 */
export function linkInstalledPackages(workTree: string, tree: string, folder: string): void {
  const top = realpathSync(workTree);
  for (let at = join('.', folder); ; at = dirname(at)) {
    linkFolder(top, tree, at);
    if (at === '.') {
      return;
    }
  }
}

function linkFolder(top: string, tree: string, folder: string): void {
  const place = join(tree, folder, 'node_modules');
  if (existsSync(join(top, folder, 'node_modules')) && existsSync(join(tree, folder)) && !existsSync(place)) {
    linkPackages(top, tree, join(top, folder, 'node_modules'), place);
  }
}

function linkPackages(top: string, tree: string, installed: string, place: string): void {
  mkdirSync(place);
  for (const entry of readdirSync(installed, { withFileTypes: true })) {
    const from = join(installed, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('@')) {
      linkPackages(top, tree, from, join(place, entry.name));
    } else if (entry.isDirectory() || entry.isSymbolicLink()) {
      linkPackage(top, tree, entry, from, join(place, entry.name));
    }
  }
}

function linkPackage(top: string, tree: string, entry: Dirent, from: string, to: string): void {
  const workspace = entry.isSymbolicLink() ? workspaceOf(top, from) : undefined;
  const target = workspace === undefined ? from : join(tree, workspace);
  if (existsSync(target)) {
    symlinkSync(target, to, 'junction');
  }
  if (workspace !== undefined) {
    linkFolder(top, tree, workspace);
  }
}

/** Where a linked package lives below the top, unless it lives elsewhere or is installed. */
function workspaceOf(top: string, link: string): string | undefined {
  const way = existsSync(link) ? relative(top, realpathSync(link)) : '..';
  const [first, ...rest] = way.split(sep);
  return first === '..' || [first, ...rest].includes('node_modules') || way === '' ? undefined : way;
}
