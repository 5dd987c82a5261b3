/** The way of authority, drawn: user → caller → agent → provider. */
export const pathScript = String.raw`
function arrow(cut, plain) {
  const svg = (tag, attributes, ...children) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  return [
    svg('svg', { class: 'across', viewBox: '0 0 100 14', preserveAspectRatio: 'none', focusable: 'false' },
      svg('path', { class: 'across', d: cut ? 'M2 7H38M62 7H98M42 2L58 12M58 2L42 12' : plain ? 'M0 7H100' : 'M2 7H97M88 2L97 7L88 12', 'vector-effect': 'non-scaling-stroke' }),
      svg('path', { class: 'down', d: cut ? 'M50 0V14M10 7H90' : 'M50 0V14M10 9L50 14L90 9', 'vector-effect': 'non-scaling-stroke' })),
  ];
}

/* Whose hands come before whose. A kind that this page does not know stands before the provider. */
const HANDS = ['user', 'caller', 'agent', 'gateway', 'target'];

/* Every hand of every capability in a row, the same hands below one another. */
function pathFigure(agent) {
  const kinds = [...new Set(agent.capabilities.flatMap(({ tokenPath }) => tokenPath.map(({ kind }) => kind)))];
  const order = [...HANDS.filter((kind) => kinds.includes(kind)), ...kinds.filter((kind) => !HANDS.includes(kind) && kind !== 'provider'), ...kinds.filter((kind) => kind === 'provider')];
  const lane = (capability) => {
    const off = capability.suspendedReason !== undefined || agent.suspendedReason !== undefined;
    const layers = [...new Set(capability.limits.map(({ enforcedBy }) => enforcedBy))];
    const cells = [];
    let before;
    order.forEach((kind, index) => {
      const hands = capability.tokenPath.filter((holder) => holder.kind === kind);
      const acts = before === 'agent' && hands.length > 0;
      const through = before !== undefined && hands.length === 0 && order.slice(index).some((later) => capability.tokenPath.some((holder) => holder.kind === later));
      if (index > 0) {
        cells.push(make('div', { class: 'path-link' + (before === undefined ? ' none' : hands.length > 0 ? '' : through ? ' through' : ' none') + (acts && off ? ' cut' : '') },
          acts ? make('span', {}, off ? 'SUSPENDED' : capability.kind) : undefined, arrow(acts && off && hands.length > 0, through),
          acts && layers.length > 0 ? make('span', {}, 'held by ' + layers.join(', ')) : undefined));
      }
      cells.push(hands.length === 0 ? make('div', { class: 'path-gap' + (through ? ' through' : '') })
        : make('div', { class: 'path-box ' + kind }, make('span', { class: 'path-kind' }, kind), hands.map(({ who }) => make('div', {}, bdi(who.startsWith(kind + ' ') ? who.slice(kind.length + 1) : who)))));
      if (hands.length > 0) before = kind;
    });
    const row = make('div', { class: 'path-lane' + (off ? ' off' : '') }, cells);
    row.style.gridTemplateColumns = order.map((_kind, index) => (index === 0 ? '' : '6.5rem ') + 'minmax(0,1fr)').join(' ');
    return row;
  };
  const said = agent.capabilities.map((capability) => (capability.suspendedReason !== undefined || agent.suspendedReason !== undefined ? 'SUSPENDED: ' : '') + capability.tokenPath.map(({ who }) => who).join(' → '));
  return make('figure', {},
    make('div', { class: 'path-map', role: 'img', 'aria-label': 'How authority passes on: ' + said.join('; ') }, agent.capabilities.map(lane)),
    make('figcaption', {}, later('The same in words', () => make('ul', {}, said.map((words) => make('li', {}, bdi(words)))))));
}
`;
