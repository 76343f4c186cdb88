/** Items by what they have in common, in the order in which they came. (`Map.groupBy` needs Node 21.) */
export function groupBy<Item, Group>(
  items: Iterable<Item>,
  groupOf: (item: Item) => Group,
): ReadonlyMap<Group, readonly Item[]> {
  const groups = new Map<Group, Item[]>();
  for (const item of items) {
    const group = groupOf(item);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [item]);
    else members.push(item);
  }
  return groups;
}
