import { nodes } from '../support/package';

const triggers = nodes.filter(({ node }) => node.description.webhooks !== undefined);

test('each kind of push has its trigger', () => {
	expect(triggers.length).toBeGreaterThanOrEqual(4);
});

test('new ones are not of version 1, for which n8n evaluates an expression at each push', () => {
	const slow = triggers.filter(({ node }) => !(Number(node.description.defaultVersion) > 1));
	expect(slow.map(({ node }) => node.description.name)).toEqual([]);
});
